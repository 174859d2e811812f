//! What a page offers is what the command allows: the verbs of each person, at each step.

use crate::support::Scenario;
use crate::support::commands::*;
use crate::support::world::PEOPLE;
use kernel::permission::Permission;
use matters_rules::standing::{Action, appellant_may, permission, system_may};
use matters_rules::{ActionCode as A, Command, Matter, Phase};

#[test]
fn each_person_is_offered_their_part() {
    let mut s = Scenario::filed();
    assert_eq!(
        verbs(&s, "appellant"),
        [A::AddMaterial, A::Message, A::Withdraw, A::ReportPressure, A::RenewCode]
    );
    assert!(s.offers_verb("intake", A::Accept) && !s.offers_verb("intake", A::Assign));
    s.does("intake", accept()).does("dispatcher", assign(None, &[("fgw", "lead")]));
    assert_eq!(verbs(&s, "fgw-liaison"), [A::Message, A::Note, A::Sign, A::Object, A::OpenContact]);
    s.signs("fgw-liaison", "fgw");
    assert_eq!(
        verbs(&s, "fgw-liaison"),
        [
            A::Message,
            A::Note,
            A::Assign,
            A::Object,
            A::Contact,
            A::Progress,
            A::RequestInterval,
            A::Respond,
            A::OpenContact
        ]
    );
    s.works("fgw-liaison", "fgw");
    assert!(s.offers_verb("fgw-liaison", A::Submit) && !s.offers_verb("fgw-head", A::SignOff));
    s.submits("fgw-liaison", "fgw-head", "fgw");
    assert!(s.offers_verb("dispatcher", A::Review) && !s.offers_verb("both", A::Review));
    s.reviews("dispatcher", "fgw", true);
    assert_eq!(
        verbs(&s, "appellant"),
        [A::AddMaterial, A::Message, A::Rate, A::AskRedo, A::ReportPressure, A::RenewCode]
    );
    assert!(!s.offers_verb("call-back", A::Rate) && s.offers_verb("call-back", A::CallBack));
}

#[test]
fn a_verb_below_the_office_is_the_units_own() {
    let s = Scenario::passed_on();
    let (platform, department) = (s.node_id("x-pt"), s.node_id("x-fgj"));
    let on = |who: &str, code| -> Vec<_> {
        s.offers(who).into_iter().filter(|action| action.code == code).map(|action| action.node).collect()
    };
    assert_eq!(on("dispatcher", A::Assign), [None]);
    assert_eq!(on("x-pt-liaison", A::Assign), [Some(platform)]);
    assert_eq!(on("x-fgj-liaison", A::Contact), [Some(department)]);
    assert_eq!(on("x-pt-liaison", A::Release), [Some(department)]);
    assert!(s.offers("y-pt-liaison").is_empty());
}

#[test]
fn what_is_offered_without_content_is_possible_and_the_rest_is_not() {
    for s in [
        Scenario::filed(),
        Scenario::passed_on(),
        Scenario::signed_off(),
        Scenario::called_back(),
        Scenario::closed(),
    ] {
        for (who, _) in PEOPLE {
            let offered = s.offers(who);
            for (action, command) in plain_commands(&s) {
                let possible = s.clone().tries(who, &command).is_ok();
                assert_eq!(offered.contains(&action), possible, "{who} {action:?} in {:?}", s.matter.phase);
            }
        }
    }
}

#[test]
fn nobody_may_send_everything() {
    let matter = Matter::default();
    assert_eq!(permission(&matter, &accept()), Some(Permission::MatterAccept));
    assert_eq!(permission(&matter, &Command::DeemAccepted), None);
    assert_eq!(permission(&matter, &open_contact()), Some(Permission::ContactOpen));
    let shielded = Matter { shielded: true, ..matter };
    assert_eq!(permission(&shielded, &open_contact()), Some(Permission::ShieldRequest));
    assert!(appellant_may(&rate("yes", "satisfied")) && !appellant_may(&accept()));
    assert!(system_may(&Command::CloseUnrated) && !system_may(&rate("yes", "satisfied")));
}

#[test]
fn messages_material_and_notes_are_possible_until_the_archive() {
    let write = |to_appellant| Command::Message { to_appellant, node: None, text: text("hello") };
    let mut s = Scenario::filed();
    s.does("appellant", write(false))
        .refuses("appellant", write(true), "message-to-oneself")
        .does("intake", write(true))
        .does("intake", Command::Note { text: text("n") })
        .does("appellant", Command::AddMaterial { text: None, attachments: vec![blob(3)] })
        .refuses("appellant", Command::AddMaterial { text: None, attachments: vec![] }, "material-empty")
        .refuses("intake", Command::Correct(Box::default()), "correction-empty")
        .is_in(Phase::Registered);
    assert_eq!(s.matter.attachments, [blob(3)]);
}

fn verbs(s: &Scenario, who: &str) -> Vec<A> {
    s.offers(who).into_iter().map(|action| action.code).collect()
}

/// Commands whose content can't be at fault.
fn plain_commands(s: &Scenario) -> Vec<(Action, Command)> {
    let mut commands = vec![
        accept(),
        propose_decline(),
        transfer(),
        call(matters_rules::CallOutcome::NoAnswer),
        rate("yes", "satisfied"),
        withdraw(),
        Command::Archive,
        open_contact(),
        Command::Note { text: text("n") },
        Command::Escalate { reason: text("r") },
        ask_termination(),
    ];
    for node in &s.matter.nodes {
        commands.extend([
            Command::Sign { node: node.id },
            object(node.id),
            progress(node.id),
            contact(node.id, s.now),
            release(node.id),
            submit(node.id),
            sign_off(node.id),
            review(node.id, true),
            review(node.id, false),
        ]);
    }
    let named = |command: Command| (Action { code: command.action(), node: command.node() }, command);
    commands.into_iter().map(named).collect()
}
