//! A small city and the people of one appeal.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::{AccountId, MatterId, NodeId, UnitId};
use matters::{FileRequest, MatterView, Receipt, TextSealer, Viewer};
use matters_rules::command::{Accept, Assignee, ContactCard, DemandResult, Rating};
use matters_rules::{AppealType, Channel, Command, ContactWay, Grade, NodeRole, Outcome, Solved, Urgency};
use network::import::{self, File, ImportOptions};
use platform::directory::SignedIn;
use platform::{App, By, Failure, Work};
use std::sync::Arc;
use testkit::{Engine, Nobody, TestApp};
use tongxin_matters as matters;

pub const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
cc,某市人民政府,某市,City,,city,government,,
c-office,某市直通车办公室,直通车办,Office,cc,city,intake_office,,
xx,甲县人民政府,甲县,County,cc,county,government,,
x-platform,甲县直通车办公室,甲县平台,Platform,xx,county,platform,,
x-power,甲县供电公司,甲县供电,Power,xx,county,utility,,
yy,乙县人民政府,乙县,Other county,cc,county,government,,
y-power,乙县供电公司,乙县供电,Other power,yy,county,utility,,
";

/// An installation with the small city, on a working Wednesday morning.
pub async fn city(engine: Engine) -> TestApp {
    let features = vec![network::feature(), matters::feature()];
    let test = TestApp::start(engine, "2022-06-15T09:00:00+08:00", features, Arc::new(Nobody));
    let file = File { name: "units.csv".into(), bytes: UNITS.into() };
    let options = ImportOptions { skip_bad: false, dry_run: false };
    let report = import::units(&test.app, &By::Operator, &file, options).await.expect("a table");
    assert!(report.written, "{:?}", report.bad);
    matters::configuration::seed(&test.app).await.expect("the delivered configuration is published");
    test
}

/// Someone of a unit; the same role and unit is the same person.
pub fn person(role: Role, unit: &str) -> SignedIn {
    let path = match unit {
        "cc" => "cc/".to_owned(),
        "xx" | "yy" => format!("cc/{unit}/"),
        _ if unit.starts_with("c-") => format!("cc/{unit}/"),
        _ => format!("cc/{0}{0}/{unit}/", &unit[..1]),
    };
    let n = role
        .code()
        .bytes()
        .chain(unit.bytes())
        .fold(7_u128, |n, byte| n.wrapping_mul(131).wrapping_add(u128::from(byte)));
    let grant = Grant::own(role, UnitId::from(unit), UnitPath(path));
    SignedIn {
        account: AccountId(uuid::Uuid::from_u128(n)),
        name: format!("{} {unit}", role.code()),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

pub fn request(phone: &str) -> FileRequest {
    FileRequest {
        category: Some("ENE-01".into()),
        title: "充电站报装迟迟没有回音".into(),
        text: "四月递交的增容申请至今没有答复，设备已到场。".into(),
        expected: "尽快送电".into(),
        contact: ContactCard {
            name: "王先生".into(),
            phone: phone.into(),
            enterprise: "某充电公司".into(),
            ..ContactCard::default()
        },
        ..FileRequest::new("c-office".into(), Channel::Online, AppealType::Help)
    }
}

pub async fn file(app: &App, request: FileRequest) -> Receipt {
    app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed")
}

/// Acts on a matter; the command is made with the matter's own sealer.
pub async fn act(
    app: &App,
    by: By,
    id: MatterId,
    command: impl Fn(&mut Work<'_>, &TextSealer) -> Result<Command, Failure> + Send + 'static,
) -> Result<i64, Failure> {
    app.write(move |work| {
        let sealer = TextSealer::of(work, id)?;
        let command = command(work, &sealer)?;
        Ok(matters::act(work, &by, id, None, &command)?.version)
    })
    .await
}

/// The same where it must succeed.
pub async fn acts(app: &App, who: &SignedIn, id: MatterId, command: Command) {
    let outcome = act(app, who.by(), id, move |_, _| Ok(command.clone())).await;
    assert!(outcome.is_ok(), "{}: {:?}", who.name, outcome);
}

pub async fn view(app: &App, id: MatterId, who: Option<&SignedIn>) -> Result<MatterView, Failure> {
    let who = who.cloned();
    app.read(move |snapshot, app| {
        let viewer = who.as_ref().map_or(Viewer::Appellant, Viewer::Staff);
        matters::view(snapshot, app, id, viewer)
    })
    .await
}

pub async fn accept(app: &App, id: MatterId) {
    let intake = person(Role::Intake, "c-office");
    act(app, intake.by(), id, |work, sealer| {
        Ok(Command::Accept(Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: "ENE-01".into(),
            demands: vec![sealer.text(work, "完成增容并送电")],
        }))
    })
    .await
    .expect("accepted");
}

/// Assigns to a unit as lead and gives the new node's name.
pub async fn assign(app: &App, who: &SignedIn, id: MatterId, parent: Option<NodeId>, unit: &str) -> NodeId {
    let assignee = Assignee { unit: unit.into(), role: NodeRole::Lead, duty_item: None, instruction: None };
    acts(app, who, id, Command::Assign { parent, to: vec![assignee] }).await;
    view(app, id, None).await.expect("the appellant sees it").nodes.last().expect("assigned").id
}

/// The whole way from filing to the county's department at work on it.
pub async fn at_work(app: &App, receipt: &Receipt) -> (NodeId, NodeId) {
    accept(app, receipt.id).await;
    let top = assign(app, &person(Role::Dispatcher, "c-office"), receipt.id, None, "x-platform").await;
    let platform = person(Role::UnitLiaison, "x-platform");
    acts(app, &platform, receipt.id, Command::Sign { node: top }).await;
    let leaf = assign(app, &platform, receipt.id, Some(top), "x-power").await;
    acts(app, &person(Role::UnitLiaison, "x-power"), receipt.id, Command::Sign { node: leaf }).await;
    (top, leaf)
}

/// From there to the approved result.
pub async fn to_result(app: &App, receipt: &Receipt, top: NodeId, leaf: NodeId) {
    let id = receipt.id;
    let liaison = person(Role::UnitLiaison, "x-power");
    let now = app.now();
    act(app, liaison.by(), id, move |work, sealer| {
        let text = sealer.text(work, "电话联系，约定明日到场");
        Ok(Command::Contact { node: leaf, way: ContactWay::Phone, at: now, text })
    })
    .await
    .expect("contacted");
    act(app, liaison.by(), id, move |work, sealer| {
        Ok(Command::Answer {
            node: leaf,
            results: vec![DemandResult { demand: 1, outcome: Outcome::Solved }],
            text: sealer.answer(work, "已于6月15日完成增容，当日下午送电。")?,
            way: ContactWay::Phone,
            answered_at: now,
        })
    })
    .await
    .expect("answered");
    acts(app, &liaison, id, Command::Submit { node: leaf, attachments: Vec::new(), note: None }).await;
    let sign_off = |node| Command::SignOff { node, approve: true, scan: None, reason: None };
    let review = |node| Command::Review { node, approve: true, reason: None };
    acts(app, &person(Role::UnitHead, "x-power"), id, sign_off(leaf)).await;
    acts(app, &person(Role::UnitHead, "x-platform"), id, review(leaf)).await;
    acts(app, &person(Role::ShiftHead, "c-office"), id, review(top)).await;
}

pub async fn rate(app: &App, id: MatterId, solved: Solved, grade: Grade) {
    let rating =
        move |_: &mut Work<'_>, _: &TextSealer| Ok(Command::Rate(Rating { solved, grade, reason: None }));
    act(app, By::Appellant(id), id, rating).await.expect("rated");
}

/// The projections are what a replay of the journal gives.
pub async fn assert_rebuilt_alike(app: &App) {
    let differences = app.store.rebuild_check().await.expect("compares");
    assert!(differences.is_empty(), "{differences:#?}");
}
