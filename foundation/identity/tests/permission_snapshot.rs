//! The whole policy as one reviewed file: role × permission × relation. A change of the
//! policy shows there as a diff. `TONGXIN_UPDATE_SNAPSHOTS=1` writes the file anew.

use kernel::permission::{Permission, Relation, Role, allows, may_be_stood_in_for};
use std::fmt::Write;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy.snap.md");

#[test]
fn the_policy_is_the_reviewed_one() {
    let rendered = render();
    if std::env::var_os("TONGXIN_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(SNAPSHOT, &rendered).expect("the snapshot is written");
    }
    let reviewed = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    assert!(
        reviewed == rendered,
        "the policy differs from tests/policy.snap.md; review it, then run this test with \
         TONGXIN_UPDATE_SNAPSHOTS=1\n{rendered}"
    );
}

#[test]
fn nobody_may_anything_about_the_unit_they_belong_to_when_it_is_complained_about() {
    for role in Role::ALL {
        for permission in Permission::ALL {
            assert!(!allows(*role, *permission, Relation::ComplainedAbout));
        }
    }
}

fn render() -> String {
    let letters = [
        (Relation::Office, 'O'),
        (Relation::Assigner, 'A'),
        (Relation::Handler, 'H'),
        (Relation::Outside, 'X'),
        (Relation::ComplainedAbout, 'C'),
    ];
    let mut out = String::from(
        "# Who may do what\n\n\
         Made from `kernel::permission::policy` by a test, and reviewed. A letter says in which\n\
         relation to the matter (or other thing) the role's grant must stand: **O** its subtree holds\n\
         the office that received it, **A** the unit that assigned it, **H** a unit that handles it,\n\
         **X** none of these. C (belongs to the unit complained about) never appears: it shuts out.\n\n",
    );
    for role in Role::ALL {
        writeln!(out, "## {}\n", role.code()).expect("a String takes any write");
        let mut none = true;
        for permission in Permission::ALL {
            let relations: String = letters
                .iter()
                .filter(|(relation, _)| allows(*role, *permission, *relation))
                .map(|(_, letter)| letter)
                .collect();
            if !relations.is_empty() {
                none = false;
                writeln!(out, "- `{}` {relations}", permission.code()).expect("a String takes any write");
            }
        }
        out.push_str(if none { "nothing\n\n" } else { "\n" });
    }
    let lent = Role::ALL.iter().filter(|role| may_be_stood_in_for(**role)).map(|role| role.code());
    writeln!(
        out,
        "## Posts that a substitute may act in\n\nWhile the holder is away, for what the holder may, within the \
         unit:\n{}.\n",
        lent.collect::<Vec<_>>().join(", ")
    )
    .expect("a String takes any write");
    out.push_str("## The same by permission\n\n| permission | roles |\n|---|---|\n");
    for permission in Permission::ALL {
        let may = |role: &&Role| letters.iter().any(|(relation, _)| allows(**role, *permission, *relation));
        let roles: Vec<&str> = Role::ALL.iter().filter(may).map(|role| role.code()).collect();
        writeln!(out, "| `{}` | {} |", permission.code(), roles.join(", "))
            .expect("a String takes any write");
    }
    out
}
