//! Grants, handover, tokens; the three administrators stay apart.

use crate::city::{City, PASSWORD, day, refused};
use kernel::permission::Role;
use platform::ui::Locale;
use platform::{By, Failure};
use testkit::Engine;
use tongxin_identity::accounts::{self, NewGrant};
use tongxin_identity::read;

#[tokio::test(flavor = "multi_thread")]
async fn administrators_do_only_their_own_part_and_nothing_for_themselves() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        let app = city.app();
        let [system, security, audit] = [0, 1, 2].map(|n| city.admins[n].id);
        let (by_system, by_security, by_audit) =
            (city.by(system).await, city.by(security).await, city.by(audit).await);

        let made = accounts::create(app, &by_system, "Cz.Liaison", "财政局联络员").await.expect("created");
        assert_eq!(made.login, "cz.liaison");
        for by in [&by_security, &by_audit, &By::Public] {
            assert!(matches!(accounts::create(app, by, "x.y", "岗位").await, Err(Failure::NotPermitted)));
        }
        assert_eq!(refused(accounts::create(app, &by_system, "cz.liaison", "又一个").await), "login-taken");
        assert_eq!(refused(accounts::create(app, &by_system, "1x", "岗位").await), "login-malformed");
        assert_eq!(refused(accounts::create(app, &by_system, "abc", " ").await), "account-name-length");

        let new = |role, unit: &str| NewGrant { role, unit: unit.into(), from: day("2022-04-01"), to: None };
        let liaison = new(Role::UnitLiaison, "ld-cz");
        assert!(matches!(
            accounts::grant(app, &by_system, made.id, liaison.clone()).await,
            Err(Failure::NotPermitted)
        ));
        accounts::grant(app, &by_security, made.id, liaison.clone()).await.expect("granted");
        assert_eq!(refused(accounts::grant(app, &by_security, made.id, liaison).await), "grant-held-already");
        assert_eq!(
            refused(accounts::grant(app, &by_security, security, new(Role::Leader, "ld")).await),
            "grant-to-self"
        );
        for role in [Role::AdminSecurity, Role::AdminAudit] {
            let outcome = accounts::grant(app, &By::Operator, system, new(role, "ld")).await;
            assert_eq!(refused(outcome), "grant-admins-apart");
        }
        for (grant, code) in [
            (new(Role::Appellant, "ld"), "grant-role-not-for-staff"),
            (new(Role::Intake, "nowhere"), "grant-unit-unknown"),
            (NewGrant { to: Some(day("2022-03-01")), ..new(Role::Intake, "ld") }, "grant-dates-reversed"),
        ] {
            assert_eq!(refused(accounts::grant(app, &by_security, made.id, grant).await), code);
        }
        assert_eq!(refused(accounts::disable(app, &by_system, system).await), "account-disables-itself");
        assert_eq!(
            refused(accounts::hand_over(app, &by_system, security, system, day("2022-04-02")).await),
            "grant-to-self"
        );
        assert_eq!(app.store.rebuild_check().await.expect("compares"), [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_are_in_force_from_day_to_day_of_the_citys_calendar() {
    let city = City::found(Engine::Sqlite).await;
    let id = city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let later = NewGrant {
        role: Role::UnitHead,
        unit: "lx".into(),
        from: day("2022-04-02"),
        to: Some(day("2022-04-03")),
    };
    accounts::grant(city.app(), &By::Operator, id, later).await.expect("granted");
    for (now, roles) in [
        ("2022-04-01T23:59:59+08:00", &[Role::UnitLiaison][..]),
        ("2022-04-02T00:00:00+08:00", &[Role::UnitLiaison, Role::UnitHead]),
        ("2022-04-03T23:59:59+08:00", &[Role::UnitLiaison, Role::UnitHead]),
        ("2022-04-04T00:00:00+08:00", &[Role::UnitLiaison]),
    ] {
        city.test.at(now);
        let person = city.person(id).await.expect("enabled");
        let held: Vec<Role> = person.grants.iter().map(|grant| grant.role).collect();
        assert_eq!(held, roles, "{now}");
        assert_eq!(person.grants[0].path.0, "ld/ld-cz/");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_moves_every_grant_at_midnight_and_shuts_the_leavers_account() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        let app = city.app();
        let leaver = city.officer("leaver", Role::UnitLiaison, "ld-cz").await;
        city.grant(leaver, Role::UnitHead, "lx").await.expect("granted");
        let successor = city.officer("successor", Role::Knowledge, "ld").await;
        let by_system = city.by(city.admins[0].id).await;
        let hand_over = |to, from| accounts::hand_over(app, &by_system, leaver, to, day(from));

        assert_eq!(refused(hand_over(leaver, "2022-04-05").await), "handover-to-itself");
        assert_eq!(refused(hand_over(successor, "2022-03-31").await), "handover-in-the-past");
        hand_over(successor, "2022-04-05").await.expect("handed over");

        city.test.at("2022-04-04T23:59:00+08:00");
        assert_eq!(city.person(leaver).await.expect("still there").grants.len(), 2);
        assert_eq!(city.person(successor).await.expect("there").grants.len(), 1);
        city.test.at("2022-04-05T00:00:00+08:00");
        assert!(city.person(leaver).await.is_none(), "disabled, open sessions included");
        let roles: Vec<Role> =
            city.person(successor).await.expect("there").grants.iter().map(|grant| grant.role).collect();
        assert!(roles.contains(&Role::UnitLiaison) && roles.contains(&Role::UnitHead) && roles.len() == 3);
        assert_eq!(app.store.rebuild_check().await.expect("compares"), []);

        // An administrator's post cannot slip into the hand of another administrator.
        let [system, security] = [city.admins[0].id, city.admins[1].id];
        let outcome = accounts::hand_over(app, &By::Operator, security, system, day("2022-04-05")).await;
        assert_eq!(refused(outcome), "grant-admins-apart");
        assert!(city.person(security).await.is_some(), "nothing of a refused handover is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_act_on_grants_until_they_end_and_never_administer() {
    let city = City::found(Engine::Sqlite).await;
    let app = city.app();
    let id = city.officer("hotline", Role::Intake, "ld").await;
    let by_security = city.by(city.admins[1].id).await;
    let now = app.now();
    for (name, expires) in [(" ", now.plus_days(1)), ("热线", now), ("热线", now.plus_days(400))] {
        assert!(accounts::issue_token(app, &by_security, id, name, expires).await.is_err());
    }
    let (token, secret) =
        accounts::issue_token(app, &by_security, id, "热线系统", now.plus_days(30)).await.expect("issued");
    let bearer = format!("Bearer {secret}");
    let program = || {
        city.test.browser().with_header("authorization", &bearer).with_header("accept", "application/json")
    };
    assert_eq!(program().get("/network").await.status, 200);
    assert_eq!(program().get("/admin/accounts").await.status, 403);

    // Even a token on an administrator's account administers nothing.
    let (_, secret) = accounts::issue_token(app, &By::Operator, city.admins[0].id, "脚本", now.plus_days(1))
        .await
        .expect("issued");
    let admin = city.test.browser().with_header("authorization", &format!("Bearer {secret}"));
    let made = admin.post("/admin/accounts", &[("login", "sneaky"), ("name", "岗位")]).await;
    assert_eq!(made.status, 403);

    accounts::revoke_token(app, &by_security, id, token).await.expect("revoked");
    assert_eq!(program().get("/network").await.status, 401);
    let body = app
        .read(|q, _| {
            let rows = q_text(q)?;
            Ok(rows)
        })
        .await
        .expect("reads");
    assert!(!body.contains(&secret) && !body.contains("argon2"), "no secret stands in the journal");
    assert!(!body.contains(PASSWORD));
}

fn q_text(q: &mut store::Snapshot) -> Result<String, store::StoreError> {
    let entries = store::journal::scan(q, 0, 10_000)?;
    Ok(entries.iter().map(|entry| entry.body.as_str()).collect::<Vec<_>>().join("\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_names_who_did_what() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let trail = city.app().read(|q, _| Ok(read::trail(q, None, Locale::ZhCn)?)).await.expect("reads");
    assert_eq!(trail[0].kind, "granted");
    assert_eq!((trail[0].role, trail[0].unit.as_deref()), (Some(Role::UnitLiaison), Some("市财政局")));
    assert_eq!(trail[0].actor_kind, "operator");
    assert!(trail.windows(2).all(|pair| pair[0].position > pair[1].position));
}
