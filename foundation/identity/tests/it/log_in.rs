//! Logging in: what is told, what is slowed down, what ends when.

use crate::city::{City, PASSWORD};
use kernel::permission::Role;
use platform::ui::Locale;
use testkit::{Browser, Engine};
use tongxin_identity::login::{Attempt, Outcome, log_in};
use tongxin_identity::read;

const HERE: &str = "10.0.0.1";
const ELSEWHERE: &str = "203.0.113.9";

async fn attempt(city: &City, login: &str, password: &str, source: &str, device: Option<&str>) -> Outcome {
    let attempt = Attempt {
        login: login.into(),
        password: password.into(),
        source: source.into(),
        device: device.map(str::to_owned),
        session: None,
    };
    log_in(city.app(), attempt).await.expect("the store answers")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_guesses_waits_longer_and_longer_and_the_owner_never() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        city.officer("officer", Role::UnitLiaison, "ld-cz").await;
        for _ in 0..5 {
            assert!(matches!(
                attempt(&city, "officer", "guess guess", ELSEWHERE, None).await,
                Outcome::Wrong
            ));
        }
        let Outcome::SlowDown { retry_after: first } =
            attempt(&city, "officer", PASSWORD, ELSEWHERE, None).await
        else {
            panic!("even the right password waits");
        };
        assert_eq!(first, 30);
        assert!(
            matches!(attempt(&city, "officer", PASSWORD, HERE, None).await, Outcome::In { .. }),
            "the owner is elsewhere and not slowed down"
        );
        city.test.at("2022-04-01T08:00:31+08:00");
        assert!(matches!(attempt(&city, "officer", "guess guess", ELSEWHERE, None).await, Outcome::Wrong));
        let Outcome::SlowDown { retry_after } = attempt(&city, "officer", "guess", ELSEWHERE, None).await
        else {
            panic!("the next wait");
        };
        assert_eq!(retry_after, 60, "each wait is twice as long");

        let id = city
            .app()
            .read(|q, _| Ok(read::by_login(q, "officer")?))
            .await
            .expect("reads")
            .expect("there")
            .id;
        let by_security = city.by(city.admins[1].id).await;
        tongxin_identity::accounts::unlock(city.app(), &by_security, id).await.expect("unlocked");
        assert!(matches!(attempt(&city, "officer", PASSWORD, ELSEWHERE, None).await, Outcome::In { .. }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_device_is_not_slowed_down_by_its_neighbours() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let Outcome::In { device, .. } = attempt(&city, "officer", PASSWORD, HERE, None).await else {
        panic!("logs in");
    };
    // A colleague behind the same address guesses at many names and at this one.
    for n in 0..60 {
        attempt(&city, &format!("nobody{n}"), "guess guess", HERE, None).await;
    }
    assert!(matches!(attempt(&city, "officer", PASSWORD, HERE, None).await, Outcome::SlowDown { .. }));
    assert!(matches!(attempt(&city, "officer", PASSWORD, HERE, Some(&device)).await, Outcome::In { .. }));
    // The cookie is good for that name only, and a made-up one for none.
    city.officer("another", Role::UnitLiaison, "ld-cz").await;
    assert!(matches!(
        attempt(&city, "another", PASSWORD, HERE, Some(&device)).await,
        Outcome::SlowDown { .. }
    ));
    assert!(matches!(attempt(&city, "officer", PASSWORD, HERE, Some("x.y")).await, Outcome::SlowDown { .. }));
    // Tries with the cookie are counted too.
    for _ in 0..5 {
        assert!(matches!(attempt(&city, "officer", "guess", HERE, Some(&device)).await, Outcome::Wrong));
    }
    assert!(matches!(
        attempt(&city, "officer", PASSWORD, HERE, Some(&device)).await,
        Outcome::SlowDown { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_made_at_once_are_all_counted() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..12 {
        let app = city.app().clone();
        tries.spawn(async move {
            let attempt = Attempt {
                login: "officer".into(),
                password: format!("guess number {n}"),
                source: ELSEWHERE.into(),
                device: None,
                session: None,
            };
            log_in(&app, attempt).await.expect("the store answers")
        });
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Wrong)).count(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_names_wrong_passwords_and_no_password_are_answered_alike() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let mut bodies = Vec::new();
    for (login, password) in [("officer", "guess guess"), ("nobody", "guess guess"), ("officer", "")] {
        let browser = city.test.browser();
        let answer = browser.post("/login", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, 422);
        bodies.push(answer.body.replace("nobody", "officer"));
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
    assert!(bodies[0].contains("账户名或密码不正确") && !bodies[0].contains("guess"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_by_idleness_by_age_by_log_out_and_with_the_account() {
    let city = City::found(Engine::Sqlite).await;
    let id = city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let in_use = |browser: Browser| async move {
        let status = browser.get("/account").await.status;
        (browser, status == 200)
    };

    let (browser, alive) = in_use(city.logged_in("officer", PASSWORD).await).await;
    assert!(alive);
    city.test.at("2022-04-01T10:00:01+08:00");
    assert!(!in_use(browser).await.1, "two hours without a request");

    let mut browser = city.logged_in("officer", PASSWORD).await;
    for hour in 11..22 {
        city.test.at(&format!("2022-04-01T{hour}:00:00+08:00"));
        let (same, alive) = in_use(browser).await;
        assert!(alive, "busy at {hour}");
        browser = same;
    }
    city.test.at("2022-04-01T22:00:02+08:00");
    assert!(!in_use(browser).await.1, "twelve hours are the longest");

    let browser = city.logged_in("officer", PASSWORD).await;
    assert_eq!(browser.post("/logout", &[]).await.location.as_deref(), Some("/login"));
    assert!(!in_use(browser).await.1);

    let browser = city.logged_in("officer", PASSWORD).await;
    let by_system = city.by(city.admins[0].id).await;
    tongxin_identity::accounts::disable(city.app(), &by_system, id).await.expect("disabled");
    assert!(!in_use(browser).await.1);
    assert!(matches!(attempt(&city, "officer", PASSWORD, HERE, None).await, Outcome::Disabled));
    assert!(matches!(attempt(&city, "officer", "guess guess", HERE, None).await, Outcome::Wrong));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_session_is_worth_nothing() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    city.officer("attacker", Role::UnitLiaison, "lx-cz").await;
    let Outcome::In { session: planted, .. } = attempt(&city, "attacker", PASSWORD, HERE, None).await else {
        panic!("logs in");
    };
    let victim = Attempt {
        login: "officer".into(),
        password: PASSWORD.into(),
        source: HERE.into(),
        device: None,
        session: Some(planted.clone()),
    };
    let Outcome::In { session, .. } = log_in(city.app(), victim).await.expect("answers") else {
        panic!("logs in");
    };
    assert_ne!(session, planted, "a log-in always makes a new secret");
    let browser = city.test.browser().with_header("cookie", &format!("tx_session={planted}"));
    assert_eq!(browser.get("/account").await.location.as_deref(), Some("/login?next=/account"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_knows_no_address_and_no_name_typed() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    attempt(&city, "my secret password typed as a name", "x", ELSEWHERE, None).await;
    attempt(&city, "officer", PASSWORD, HERE, None).await;
    let lines = city.app().read(|q, _| Ok(read::access_log(q, None, Locale::ZhCn)?)).await.expect("reads");
    let kinds: Vec<(&str, Option<&str>)> =
        lines.iter().map(|line| (line.kind.as_str(), line.account.as_deref())).collect();
    assert_eq!(kinds, [("log_in", Some("officer")), ("failed", None)]);
    assert!(lines.iter().all(|line| !line.source.contains("10.0") && line.source.len() == 8));
    assert_ne!(lines[0].source, lines[1].source);
}
