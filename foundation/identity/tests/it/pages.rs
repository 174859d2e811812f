//! The pages: log-in, one's own account, and the three administrators' desks.

use crate::city::{City, PASSWORD};
use kernel::permission::{Permission, Role};
use platform::ui::Locale;
use platform::web::Access;
use testkit::{Answer, Browser, Engine};

const NEW: &str = "锑都晨雾山高水长资水东去";

/// An administrator with a password of their own, logged in.
async fn admin(city: &City, n: usize) -> Browser {
    let admin = &city.admins[n];
    let browser = city.logged_in(&admin.login, &admin.password).await;
    let to = browser.get("/account").await.location;
    assert_eq!(to.as_deref(), Some("/account/password"), "nothing else before a password of one's own");
    let fields = [("current", admin.password.as_str()), ("password", NEW), ("repeat", NEW)];
    let answer = browser.post("/account/password", &fields).await;
    assert_eq!(answer.location.as_deref(), Some("/account"), "{}", answer.body);
    browser
}

fn ok(answer: Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// What stands between two marks of a page.
fn between<'a>(body: &'a str, start: &str, end: &str) -> &'a str {
    let rest = body.split_once(start).expect("the first mark").1;
    rest.split_once(end).expect("the second mark").0
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_made_granted_used_handed_over_and_audited() {
    for engine in Engine::BOTH {
        let city = City::found(engine).await;
        let system = admin(&city, 0).await;
        let security = admin(&city, 1).await;
        let audit = admin(&city, 2).await;

        ok(system.get("/admin/accounts/new").await);
        let refused = system.post("/admin/accounts", &[("login", "x"), ("name", "岗位")]).await;
        assert!(
            refused.status == 422
                && refused.body.contains("error-summary")
                && refused.body.contains("value=\"x\"")
        );
        let made = ok(system.post("/admin/accounts", &[("login", "cz.llr"), ("name", "财政局联络员")]).await);
        let password = between(&made, "<code>", "</code>").to_owned();
        let list = ok(system.get("/admin/accounts?q=%E8%B4%A2%E6%94%BF").await);
        let id =
            between(&list, "/admin/accounts/", "\">cz.llr").rsplit('/').next().expect("an id").to_owned();
        ok(system.get(&format!("/admin/accounts/{id}")).await);

        let page = format!("/admin/grants/{id}");
        ok(security.get("/admin/grants").await);
        assert!(ok(security.get(&page).await).contains("还没有授权"));
        let wrong = security
            .post(&page, &[("role", "unit_liaison"), ("unit", "nowhere"), ("from", "2022-04-01")])
            .await;
        assert!(wrong.status == 422 && wrong.body.contains("没有在用的单位“nowhere”"), "{}", wrong.body);
        let right = [("role", "unit_liaison"), ("unit", "ld-cz"), ("from", "2022-04-01"), ("to", "")];
        assert_eq!(security.post(&page, &right).await.status, 303);
        assert!(ok(security.get(&page).await).contains("生效中"));

        let officer = city.logged_in("cz.llr", &password).await;
        let fields = [("current", password.as_str()), ("password", PASSWORD), ("repeat", PASSWORD)];
        assert_eq!(officer.post("/account/password", &fields).await.status, 303);
        assert!(ok(officer.get("/account").await).contains("承办联络员"));
        for path in ["/admin/accounts", "/admin/grants", "/admin/tokens", "/admin/audit"] {
            assert_eq!(officer.get(path).await.status, 403, "{path}");
        }

        let successor =
            ok(system.post("/admin/accounts", &[("login", "cz.next"), ("name", "财政局新联络员")]).await);
        assert!(successor.contains("一次性密码"));
        let handover = format!("/admin/accounts/{id}/handover");
        let typo = system.post(&handover, &[("to", "cz.nxt"), ("from", "2022-04-01")]).await;
        assert!(typo.status == 422 && typo.body.contains("继任账户不存在"), "{}", typo.body);
        assert_eq!(system.post(&handover, &[("to", "cz.next"), ("from", "2022-04-01")]).await.status, 303);
        assert_eq!(officer.get("/account").await.status, 303, "the leaver's session has ended");
        assert!(ok(security.get("/admin/grants?q=cz.next").await).contains("承办联络员"));

        let trail = ok(audit.get("/admin/audit").await);
        assert!(trail.contains("移交岗位") && trail.contains("系统管理员") && trail.contains("服务器命令行"));
        assert!(ok(audit.get("/admin/audit?tab=access").await).contains("登录"));
        assert_eq!(audit.get("/admin/accounts").await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_disables_enables_resets_unlocks_and_issues() {
    let city = City::found(Engine::Sqlite).await;
    let id = city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let (system, security) = (admin(&city, 0).await, admin(&city, 1).await);
    let base = format!("/admin/accounts/{id}");
    assert_eq!(system.post(&format!("{base}/disabling"), &[]).await.status, 303);
    assert!(ok(system.get(&base).await).contains("已停用"));
    assert_eq!(system.post(&format!("{base}/enabling"), &[]).await.status, 303);
    let own = format!("/admin/accounts/{}/disabling", city.admins[0].id);
    assert!(system.post(&own, &[]).await.body.contains("不能停用自己的账户"));

    let old = city.logged_in("officer", PASSWORD).await;
    let reset = ok(system.post(&format!("{base}/password"), &[]).await);
    assert_eq!(old.get("/account").await.status, 303, "a reset ends all sessions");
    city.logged_in("officer", between(&reset, "<code>", "</code>")).await;

    let grants = format!("/admin/grants/{id}");
    assert_eq!(security.post(&format!("{grants}/unlocking"), &[]).await.status, 303);
    let body = ok(security.get(&grants).await);
    let grant = between(&body, &format!("{grants}/"), "/end").to_owned();
    assert_eq!(security.post(&format!("{grants}/{grant}/end"), &[]).await.status, 303);
    assert!(ok(security.get(&grants).await).contains("已结束"));

    let bad = security.post("/admin/tokens", &[("account", "nobody"), ("name", "x"), ("expires", "")]).await;
    assert!(bad.status == 422 && bad.body.contains("没有这个账户"));
    let fields = [("account", "officer"), ("name", "12345 热线"), ("expires", "2022-12-31")];
    let issued = ok(security.post("/admin/tokens", &fields).await);
    let secret = between(&issued, "<code>", "</code>").to_owned();
    let tokens = ok(security.get("/admin/tokens").await);
    assert!(tokens.contains("12345 热线") && !tokens.contains(&secret));
    let revocation = between(&tokens, "action=\"/admin/tokens/", "\"").to_owned();
    assert_eq!(security.post(&format!("/admin/tokens/{revocation}"), &[]).await.status, 303);
    assert!(ok(security.get("/admin/tokens").await).contains("已吊销"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_is_checked_beside_its_field_and_ends_other_sessions() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    let (here, there) =
        (city.logged_in("officer", PASSWORD).await, city.logged_in("officer", PASSWORD).await);
    for (current, new, repeat, says) in [
        ("wrong wrong", NEW, NEW, "当前密码不正确"),
        (PASSWORD, "短", "短", "密码至少 10 个字符"),
        (PASSWORD, "officer-1234", "officer-1234", "密码不能包含账户名"),
        (PASSWORD, "password123", "password123", "常见密码"),
        (PASSWORD, NEW, "别的", "两次输入的新密码不一致"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码与当前密码相同"),
    ] {
        let fields = [("current", current), ("password", new), ("repeat", repeat)];
        let answer = here.post("/account/password", &fields).await;
        assert!(answer.status == 422 && answer.body.contains(says), "{says}: {}", answer.body);
        assert!(!answer.body.contains(NEW), "a typed password is never sent back");
    }
    let fields = [("current", PASSWORD), ("password", NEW), ("repeat", NEW)];
    assert_eq!(here.post("/account/password", &fields).await.status, 303);
    assert_eq!(here.get("/account").await.status, 200);
    assert_eq!(there.get("/account").await.status, 303, "the other session has ended");
    city.logged_in("officer", NEW).await;

    let guess = [("current", "guess guess"), ("password", PASSWORD), ("repeat", PASSWORD)];
    for _ in 0..5 {
        assert_eq!(here.post("/account/password", &guess).await.status, 422);
    }
    assert_eq!(
        here.post("/account/password", &guess).await.status,
        429,
        "a borrowed session guesses no password"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_leads_where_one_wanted_to_go_but_never_off_the_site() {
    let city = City::found(Engine::Sqlite).await;
    city.officer("officer", Role::UnitLiaison, "ld-cz").await;
    for (next, to) in [
        ("/network?q=x", "/network?q=x"),
        ("https://evil.example/", "/network"),
        ("//evil.example", "/network"),
        ("", "/network"),
    ] {
        let fields = [("login", " Officer "), ("password", PASSWORD), ("next", next)];
        let answer = city.test.browser().post("/login", &fields).await;
        assert_eq!(answer.location.as_deref(), Some(to), "{next}");
    }
    let browser = city.logged_in("officer", PASSWORD).await;
    assert_eq!(browser.get("/login").await.location.as_deref(), Some("/network"));
    let form = ok(city.test.browser().get("/login?next=/network&lang=en").await);
    assert!(
        form.contains("Staff log-in")
            && form.contains("value=\"/network\"")
            && form.contains("current-password")
    );
}

#[test]
fn every_route_says_whom_it_is_for() {
    for route in tongxin_identity::feature().routes.declared() {
        let public = route.access == Access::Public;
        assert_eq!(public, route.path == "/login", "{} {}", route.method, route.path);
        if route.path.starts_with("/admin/") {
            assert!(matches!(route.access, Access::Staff(_)), "{}", route.path);
        }
    }
}

#[test]
fn every_text_stands_in_both_languages_and_names_every_role_and_permission() {
    let texts = tongxin_identity::LOCALES;
    let keys = texts.keys(Locale::ZhCn);
    assert_eq!(keys, texts.keys(Locale::En));
    for role in Role::ALL {
        assert!(keys.contains(format!("role-{}", role.code()).as_str()), "{role:?}");
    }
    for permission in Permission::ALL {
        let key = format!("permission-{}", permission.code().replace('.', "-"));
        assert!(keys.contains(key.as_str()), "{key}");
    }
}
