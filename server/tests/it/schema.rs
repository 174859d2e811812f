//! The API against its own document, by schemathesis: hundreds of requests, well and badly
//! formed, of which none may end in a fault of ours or in a status the document does not
//! name. `scripts/check-api` installs it and names it; without it the test is skipped.

use crate::faults::process::{Installation, file, receipt};
use crate::support::person;
use demo::cast::OFFICE;
use identity::accounts;
use kernel::permission::Role;
use platform::By;
use std::process::Command;
use testkit::Engine;

/// Requests of each kind for each operation: some two minutes in all.
const EXAMPLES: &str = "4";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test's environment is its configuration")]
fn nothing_the_document_allows_or_forbids_is_a_fault() {
    let Ok(schemathesis) = std::env::var("TONGXIN_SCHEMATHESIS") else {
        eprintln!("skipped: TONGXIN_SCHEMATHESIS is not set; scripts/check-api sets it");
        return;
    };
    let city = Installation::new(Engine::Sqlite);
    let token = token(&city);
    let server = city.serve();
    let (number, code) = receipt(&file(&server.address, "first").expect("it answers"));
    let id = city.id_of(&number);
    let settings = format!(
        "[generation]\ndeterministic = true\nmax-examples = {EXAMPLES}\n\
         [parameters]\n\"path.id\" = \"{id}\"\n\"path.number\" = \"{number}\"\n\
         \"header.Tongxin-Tracking-Code\" = \"{code}\"\n"
    );
    std::fs::write(city.path("schemathesis.toml"), settings).expect("the folder takes a file");
    let address = format!("http://{}/api/v1/openapi.json", server.address);
    let output = Command::new(schemathesis)
        .current_dir(city.folder.path())
        .args(["--config-file", "schemathesis.toml", "run", &address, "--no-color", "--seed", "1"])
        .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"])
        .args(["--phases", "coverage,fuzzing", "--workers", "2", "--request-timeout", "60"])
        .args(["--suppress-health-check", "all", "--warnings", "off"])
        .args(["-H", &format!("Authorization: Bearer {token}")])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}\n{}", String::from_utf8_lossy(&output.stderr), city.log());
    drop(server);
    city.is_whole();
}

/// Of a dispatcher: who may carry out most verbs.
fn token(city: &Installation) -> String {
    let opened = city.place().open().expect("it opens");
    opened.block_on(async {
        let By::Person { account, .. } = person(&opened.app, Role::Dispatcher, OFFICE).await else {
            panic!("a person is a person")
        };
        let until = opened.app.now().plus_days(1);
        let issued = accounts::issue_token(&opened.app, &By::Operator, account, "schemathesis", until).await;
        issued.expect("the operator issues tokens").1
    })
}
