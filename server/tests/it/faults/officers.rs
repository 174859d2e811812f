//! Two officers at the same matter in the same moment: one does it, the other is told.

use crate::support::{city, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters::FileRequest;
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel};
use platform::By;
use testkit::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_officers_who_accept_at_once_one_is_told() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let request = FileRequest {
            category: Some("ENE-01".into()),
            area: Some("431302".into()),
            title: "变压器增容".into(),
            text: "上月起每天跳闸三次。".into(),
            contact: ContactCard {
                name: "王先生".into(), phone: "13800001234".into(), ..Default::default()
            },
            ..FileRequest::new(OFFICE.into(), Channel::Online, AppealType::Help)
        };
        let filed =
            test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
        let (one, two) = (
            signed_in(&test, Role::Dispatcher, OFFICE).await,
            signed_in(&test, Role::ShiftHead, OFFICE).await,
        );
        let path = format!("/matters/{}/acceptance", filed.id);
        let form =
            [("category", "ENE-01"), ("urgency", "general"), ("demands", "恢复供电"), ("version", "1")];
        let (first, second) = tokio::join!(one.post(&path, &form), two.post(&path, &form));
        let mut statuses = [first.status, second.status];
        statuses.sort();
        assert!(statuses[0].is_redirection(), "{engine:?}: {statuses:?}");
        assert_eq!(statuses[1], StatusCode::CONFLICT, "{engine:?}: {statuses:?}");
        let entries = test
            .app
            .read(move |snapshot, _| Ok(store::journal::load(snapshot, &format!("matter:{}", filed.id), 0)?))
            .await
            .expect("reads");
        let accepted = entries.iter().filter(|entry| entry.kind == "accepted").count();
        assert_eq!(accepted, 1, "{engine:?}");
    }
}
