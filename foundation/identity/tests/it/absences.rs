//! Away from one's post: who stands in, what that opens, when it ends, and who is told.

use crate::city::{City, PASSWORD, day, refused};
use kernel::AccountId;
use kernel::permission::{Role, UnitPath};
use platform::Failure;
use platform::ui::Locale;
use testkit::Engine;
use tongxin_identity::absences::{self, NewAbsence};
use tongxin_identity::rules::AbsenceKind;

fn away(from: &str, until: &str, substitute: Option<AccountId>) -> NewAbsence {
    NewAbsence { from: day(from), until: day(until), kind: AbsenceKind::Duty, substitute }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_substitute_holds_the_post_from_day_to_day_and_no_longer() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        let app = city.app();
        let head = city.officer("head", Role::UnitHead, "ld-cz").await;
        let deputy = city.officer("deputy", Role::UnitLiaison, "ld-cz").await;
        let new = away("2022-04-02", "2022-04-03", Some(deputy));
        absences::note(app, &city.by(head).await, head, new).await.expect("noted");

        for (now, lent) in [
            ("2022-04-01T23:59:00+08:00", 0),
            ("2022-04-02T00:00:00+08:00", 1),
            ("2022-04-03T23:59:00+08:00", 1),
            ("2022-04-04T00:00:00+08:00", 0),
        ] {
            city.test.at(now);
            let grants = city.person(deputy).await.expect("enabled").grants;
            assert_eq!(grants.len(), 1 + lent, "{engine:?} {now}");
            assert_eq!(grants[0].stands_in_for, None, "one's own post comes first");
            if let Some(grant) = grants.get(1) {
                assert_eq!((grant.role, grant.stands_in_for), (Role::UnitHead, Some(head)));
                assert_eq!(grant.path, UnitPath("ld/ld-cz/".into()));
            }
            assert_eq!(city.person(head).await.expect("there").grants.len(), 1, "the holder keeps it");
        }
        assert_eq!(app.store.rebuild_check().await.expect("compares"), [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lent_is_never_more_than_the_holder_has_and_never_lent_on() {
    let city = City::found(Engine::Sqlite).await;
    let app = city.app();
    let head = city.officer("head", Role::UnitHead, "ld-cz").await;
    let deputy = city.officer("deputy", Role::UnitLiaison, "ld-cz").await;
    let third = city.officer("third", Role::UnitLiaison, "ld-cz").await;
    let days = |substitute| away("2022-04-01", "2022-04-05", Some(substitute));
    absences::note(app, &city.by(head).await, head, days(deputy)).await.expect("noted");
    let chain = absences::note(app, &city.by(deputy).await, deputy, days(third)).await;
    chain.expect("one's own post may be lent");
    let roles = |grants: &[kernel::permission::Grant]| -> Vec<Role> {
        grants.iter().filter(|grant| grant.stands_in_for.is_some()).map(|grant| grant.role).collect()
    };
    assert_eq!(roles(&city.person(third).await.expect("there").grants), [Role::UnitLiaison]);

    // The holder's post ends, and with it what was lent.
    accounts_end(&city, head).await;
    assert_eq!(roles(&city.person(deputy).await.expect("there").grants), []);
}

async fn accounts_end(city: &City, account: AccountId) {
    use tongxin_identity::accounts::disable;
    disable(city.app(), &city.by(city.admins[0].id).await, account).await.expect("disabled");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_stand_in_and_who_may_say_so() {
    let city = City::found(Engine::Sqlite).await;
    let app = city.app();
    let head = city.officer("head", Role::UnitHead, "ld-cz").await;
    let deputy = city.officer("deputy", Role::UnitLiaison, "ld-cz").await;
    let elsewhere = city.officer("elsewhere", Role::UnitLiaison, "lx-cz").await;
    let [system, security] = [city.admins[0].id, city.admins[1].id];
    let by = city.by(head).await;
    let tries = |new: NewAbsence| absences::note(app, &by, head, new);
    let until = "2022-04-05";
    for (substitute, code) in [
        (head, "substitute-is-oneself"),
        (elsewhere, "substitute-outside"),
        (system, "substitute-outside"),
        (AccountId(Default::default()), "substitute-unknown"),
    ] {
        assert_eq!(refused(tries(away("2022-04-01", until, Some(substitute))).await), code);
    }
    assert_eq!(refused(tries(away("2022-03-31", until, None)).await), "absence-in-the-past");
    assert_eq!(refused(tries(away("2022-04-06", until, None)).await), "absence-dates-reversed");
    assert_eq!(refused(tries(away("2022-04-06", "2023-04-06", None)).await), "absence-too-long");
    let absence = tries(away("2022-04-01", until, Some(deputy))).await.expect("noted");
    assert_eq!(refused(tries(away(until, "2022-04-09", None)).await), "absence-overlaps");

    // Nobody else notes or ends it but the security administrator, who may not slip in.
    let by_deputy = city.by(deputy).await;
    let by_security = city.by(security).await;
    let foreign = absences::end(app, &by_deputy, head, absence, day("2022-04-01")).await;
    assert!(matches!(foreign, Err(Failure::NotPermitted)));
    absences::end(app, &by_security, head, absence, day("2022-03-31")).await.expect("ended");
    assert_eq!(city.person(deputy).await.expect("there").grants.len(), 1);
    let own = absences::note(app, &by_security, head, away("2022-04-01", until, Some(security))).await;
    assert_eq!(refused(own), "grant-to-self");
    // Administrators' posts are not lent.
    let lent = absences::note(app, &by_security, security, away("2022-04-01", until, Some(system))).await;
    assert_eq!(refused(lent), "substitute-outside");
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_see_who_is_away_and_whether_anyone_stands_in() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        let app = city.app();
        let head = city.officer("head", Role::UnitHead, "ld-cz").await;
        let liaison = city.officer("liaison", Role::UnitLiaison, "ld-cz").await;
        let by = city.by(liaison).await;
        let first = absences::note(app, &by, liaison, away("2022-04-01", "2022-04-02", Some(head))).await;
        first.expect("noted");
        let seen = |unit: &'static str| async move {
            let rows = app.read(move |q, _| {
                Ok(absences::away_within(q, &[UnitPath(unit.into())], day("2022-04-01"), Locale::ZhCn)?)
            });
            rows.await.expect("reads")
        };
        let rows = seen("ld/").await;
        assert_eq!((rows.len(), rows[0].substitute.as_deref(), rows[0].covered), (1, Some("head"), true));
        assert!(seen("ld/lx/").await.is_empty());

        let by_head = city.by(head).await;
        absences::note(app, &by_head, head, away("2022-04-01", "2022-04-01", None)).await.expect("noted");
        let rows = seen("ld/ld-cz/").await;
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| !row.covered), "whoever stands in is away too: {engine:?}");
        let offered =
            app.read(move |q, _| Ok(absences::candidates(q, liaison, day("2022-04-01"), Locale::ZhCn)?));
        let offered: Vec<_> = offered.await.expect("reads").into_iter().map(|other| other.account).collect();
        assert_eq!(offered, [head]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_note_and_end_an_absence() {
    let city = City::found(Engine::Sqlite).await;
    let liaison = city.officer("liaison", Role::UnitLiaison, "ld-cz").await;
    let deputy = city.officer("deputy", Role::UnitLiaison, "ld-cz").await.to_string();
    let browser = city.logged_in("liaison", PASSWORD).await;
    let form = browser.get("/account/absence").await.body;
    assert!(form.contains(&deputy) && form.contains("登记外出"), "{form}");
    let fields =
        [("from", "2022-04-01"), ("until", "2022-03-01"), ("kind", "leave"), ("substitute", &deputy)];
    let answer = browser.post("/account/absence", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("最后一天早于第一天") && answer.body.contains("2022-03-01"));
    let fields =
        [("from", "2022-04-01"), ("until", "2022-04-02"), ("kind", "leave"), ("substitute", &deputy)];
    assert_eq!(browser.post("/account/absence", &fields).await.status, 303);
    let substitute = city.logged_in("deputy", PASSWORD).await;
    assert!(substitute.get("/account").await.body.contains("您正在代理“liaison”"));
    city.officer("sec", Role::AdminSecurity, "ld").await;
    let security = city.logged_in("sec", PASSWORD).await;
    let page = security.get(&format!("/admin/grants/{liaison}")).await.body;
    assert!(page.contains("由deputy代理"), "{page}");
    let action = page.split("action=\"").filter_map(|part| part.split('"').next());
    let action =
        action.into_iter().find(|path| path.contains("/absences/")).expect("may be ended").to_owned();
    assert_eq!(security.post(&action, &[]).await.status, 303);
    assert!(!substitute.get("/account").await.body.contains("您正在代理"));
}
