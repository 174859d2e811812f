//! The tables whose shape does not depend on a definition. Days are `YYYY-MM-DD`.

use store::TableDef;

pub(super) const TABLES: &[TableDef] = &[
    TableDef { name: "register_version", ddl: VERSION, order_by: "register, position" },
    TableDef { name: "register_draft", ddl: DRAFT, order_by: "register" },
    TableDef { name: "register_record", ddl: RECORD, order_by: "id" },
    TableDef { name: "register_stage", ddl: STAGE, order_by: "record, position" },
    TableDef { name: "register_flow", ddl: FLOW, order_by: "id" },
    TableDef { name: "register_contact", ddl: CONTACT, order_by: "id" },
    TableDef { name: "register_level", ddl: LEVEL, order_by: "record, position" },
    TableDef { name: "register_link", ddl: LINK, order_by: "record, field, target" },
    TableDef { name: "register_unique", ddl: UNIQUE, order_by: "register, rule, value" },
    TableDef { name: "register_degree", ddl: DEGREE, order_by: "register, field, value, record" },
];

/// `position` is the place in the register's stream; `actor` the journal's, as JSON.
const VERSION: &str = "
create table register_version (
    register text not null,
    position bigint not null,
    version bigint not null,
    effective_from text not null,
    published_at bigint not null,
    actor text not null,
    note text not null,
    fingerprint text not null,
    toml text not null,
    primary key (register, position)
);
";

const DRAFT: &str = "
create table register_draft (
    register text primary key,
    position bigint not null,
    drafted_at bigint not null,
    actor text not null,
    note text not null,
    toml text not null
);
";

/// Every record whole, in `body`: what tables of registers are filled from. `version` is
/// that of its stream, `doc` its number in the full-text index: the journal position it began at.
const RECORD: &str = "
create table register_record (
    id text primary key,
    register text not null,
    unit text not null,
    version bigint not null,
    doc bigint not null,
    body text not null
);
create index register_record_register on register_record (register, id);
";

/// Stages reached, in order.
const STAGE: &str = "
create table register_stage (
    record text not null,
    position bigint not null,
    register text not null,
    stage text not null,
    reached_on text not null,
    primary key (record, position)
);
create index register_stage_reached on register_stage (register, stage, reached_on);
";

/// Dated lines; `fen` of money, `amount` of anything else; `counts` is 1 where the line is
/// not void and verified if its kind demands that.
const FLOW: &str = "
create table register_flow (
    id text primary key,
    record text not null,
    register text not null,
    kind text not null,
    on_day text not null,
    fen bigint,
    amount double precision,
    evidence text not null,
    verified bigint not null,
    void bigint not null,
    counts bigint not null
);
create index register_flow_record on register_flow (record);
create index register_flow_day on register_flow (register, kind, on_day);
";

/// Contacts that count; `appeal` is what the difficulty became, `matter` what the promise did.
const CONTACT: &str = "
create table register_contact (
    id text primary key,
    record text not null,
    register text not null,
    on_day text not null,
    way text not null,
    difficulty bigint not null,
    promised_by text,
    kept_on text,
    appeal text,
    matter text
);
create index register_contact_record on register_contact (record);
create index register_contact_day on register_contact (register, on_day);
create index register_contact_appeal on register_contact (appeal);
create index register_contact_matter on register_contact (matter);
";

/// Levels awarded; `rank` is 1 for the lowest.
const LEVEL: &str = "
create table register_level (
    record text not null,
    position bigint not null,
    register text not null,
    level text not null,
    rank bigint not null,
    awarded_on text not null,
    ended_on text,
    document text not null,
    primary key (record, position)
);
create index register_level_level on register_level (register, level);
";

/// Records that records name.
const LINK: &str = "
create table register_link (
    record text not null,
    field text not null,
    target text not null,
    register text not null,
    primary key (record, field, target)
);
create index register_link_target on register_link (target);
";

const UNIQUE: &str = "
create table register_unique (
    register text not null,
    rule text not null,
    value text not null,
    record text not null,
    primary key (register, rule, value)
);
create index register_unique_record on register_unique (record);
";

/// Values by which degrees are counted.
const DEGREE: &str = "
create table register_degree (
    register text not null,
    field text not null,
    value text not null,
    record text not null,
    primary key (register, field, value, record)
);
create index register_degree_record on register_degree (record);
";
