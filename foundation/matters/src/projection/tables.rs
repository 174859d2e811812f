//! The tables. Other crates join on `matter(id, office_path, complained_path)` and
//! `matter_party(matter, unit_path, relation)`.

use store::TableDef;

/// One row per matter. `completion` is `open`, `given` or `lapsed` while review runs; `calls`
/// and `call_again` are of the round of evaluation that runs. `title` is empty of the
/// appellant's words where the matter is shielded or the person erased. `due`, `due_start`
/// and `due_span` are of what is to be done next. `doc` is its number in the full-text index:
/// the journal position it began at. `category_group` is what stands before the dash of
/// `category`. `about` is the matter that one which an office raised comes from.
const MATTER: &str = "
create table matter (
    id text primary key,
    doc bigint not null,
    number text not null,
    version bigint not null,
    kind text not null,
    code_hmac text,
    subject text not null,
    phase text not null,
    office text not null,
    office_path text not null,
    complained_unit text,
    complained_path text,
    appeal_type text not null,
    category text,
    category_group text,
    area text,
    urgency text,
    channel text not null,
    express_lines text not null,
    shielded bigint not null,
    redo_pending bigint not null,
    pressure_open bigint not null,
    completion text,
    calls bigint not null default 0,
    call_again bigint,
    objections bigint not null default 0,
    reassignments bigint not null default 0,
    redos bigint not null default 0,
    termination_due bigint,
    exclusion_due bigint,
    pressure_due bigint,
    pressure_start bigint,
    pressure_span text,
    decline_proposed bigint not null default 0,
    master text,
    about text,
    holder text,
    title text,
    filed_at bigint not null,
    accepted_at bigint,
    promise_due bigint,
    due bigint,
    due_start bigint,
    due_span text,
    closing text,
    closed_at bigint,
    last_event_at bigint not null
);
create unique index matter_number on matter (number);
create unique index matter_doc on matter (doc);
create index matter_office on matter (office_path);
create index matter_filed on matter (filed_at, id, category, channel, phase, area, urgency, closing,
    appeal_type, office_path, complained_path);
create index matter_group on matter (category_group, filed_at, id, category, channel);
create index matter_phase on matter (phase, filed_at, id);
create index matter_due on matter (due);
create index matter_due_span on matter (due_span, due);
create index matter_kind on matter (kind, filed_at, id) where kind <> 'appeal';
create index matter_redo on matter (filed_at, id) where redo_pending = 1;
create index matter_decline on matter (filed_at, id) where decline_proposed = 1;
create index matter_termination on matter (termination_due, id) where termination_due is not null;
create index matter_exclusion on matter (exclusion_due, id) where exclusion_due is not null;
create index matter_pressure on matter (filed_at, id) where pressure_open = 1;
create index matter_master on matter (master);
create index matter_about on matter (about) where about is not null;
create index matter_subject on matter (subject);
create index matter_complained on matter (complained_path) where complained_path is not null;
";

/// One row per assignment.
const MATTER_NODE: &str = "
create table matter_node (
    node text primary key,
    matter text not null,
    parent text,
    unit text not null,
    unit_path text not null,
    from_unit text not null,
    from_path text not null,
    role text not null,
    state text not null,
    relay bigint not null,
    objected bigint not null,
    request text,
    paused text,
    due bigint not null,
    due_start bigint not null,
    due_span text not null,
    signing_due bigint not null,
    signing_start bigint not null,
    signing_span text not null,
    report_due bigint,
    decide_due bigint,
    moved_at bigint not null,
    returns bigint not null,
    measures bigint not null,
    assigned_at bigint not null,
    signed_at bigint,
    submitted_at bigint,
    approved_at bigint
);
create index matter_node_matter on matter_node (matter);
create index matter_node_unit on matter_node (state, unit_path, due, node);
create index matter_node_due_span on matter_node (due_span, due);
create index matter_node_objected on matter_node (due, node) where objected = 1;
create index matter_node_request on matter_node (due, node) where request is not null;
create index matter_node_signing on matter_node (signing_due, node) where state = 'unsigned';
create index matter_node_tracked on matter_node (report_due, node) where report_due is not null;
create index matter_node_from on matter_node (state, from_path, due, node);
";

/// What supervision did. `due` is the handling limit it was about, `rule` the rule that
/// brought it about; `version` the place in the matter's stream.
const MATTER_MEASURE: &str = "
create table matter_measure (
    matter text not null,
    version bigint not null,
    node text,
    measure text not null,
    addressee text not null,
    rule text,
    due bigint,
    at bigint not null,
    primary key (matter, version)
);
create index matter_measure_node on matter_measure (node, rule, due);
create index matter_measure_at on matter_measure (at);
";

/// Who has to do with a matter through its assignments: as handler of one, or as who
/// assigned it. A unit whose objection was upheld has no part in it any more.
const MATTER_PARTY: &str = "
create table matter_party (
    matter text not null,
    node text not null,
    relation text not null,
    unit text not null,
    unit_path text not null,
    open bigint not null,
    primary key (matter, node, relation)
);
create index matter_party_unit on matter_party (unit_path, relation, matter);
";

/// What was found lacking in the words of an answer before it was sent. `print` is a keyed
/// print of the words, `lacks` are codes between spaces; `overridden` where it was sent all
/// the same. `unit` gave it: the assignment's, or the office.
const MATTER_ANSWER: &str = "
create table matter_answer (
    matter text not null,
    version bigint not null,
    node text,
    unit text not null,
    unit_path text not null,
    print text not null,
    lacks text not null,
    overridden bigint not null,
    at bigint not null,
    primary key (matter, version)
);
create index matter_answer_print on matter_answer (print, unit);
create index matter_answer_lacks on matter_answer (at) where overridden = 1;
";

/// Each rating as it was given. `account`: who recorded it on the telephone; `waited`: how
/// long after the result was approved it came, in microseconds.
const MATTER_RATING: &str = "
create table matter_rating (
    matter text not null,
    version bigint not null,
    round bigint not null,
    rated_by text not null,
    account text,
    solved text not null,
    grade text not null,
    waited bigint,
    at bigint not null,
    primary key (matter, version)
);
create index matter_rating_at on matter_rating (at);
";

/// The dated facts that figures are folded from.
const MATTER_FACT: &str = "
create table matter_fact (
    matter text not null,
    version bigint not null,
    seq bigint not null,
    at bigint not null,
    kind text not null,
    data text not null,
    primary key (matter, version, seq)
);
create index matter_fact_at on matter_fact (at);
";

/// When a matter's figures may change though nothing happens to it: its limits, those that
/// were moved included.
const FIGURE_TURN: &str = "
create table figure_turn (
    at bigint not null,
    matter text not null,
    primary key (at, matter)
);
";

pub(super) const ALL: &[TableDef] = &[
    TableDef { name: "matter", ddl: MATTER, order_by: "id" },
    TableDef { name: "matter_node", ddl: MATTER_NODE, order_by: "node" },
    TableDef { name: "matter_measure", ddl: MATTER_MEASURE, order_by: "matter, version" },
    TableDef { name: "matter_party", ddl: MATTER_PARTY, order_by: "matter, node, relation" },
    TableDef { name: "matter_answer", ddl: MATTER_ANSWER, order_by: "matter, version" },
    TableDef { name: "matter_rating", ddl: MATTER_RATING, order_by: "matter, version" },
    TableDef { name: "matter_fact", ddl: MATTER_FACT, order_by: "matter, version, seq" },
    TableDef { name: "figure_turn", ddl: FIGURE_TURN, order_by: "at, matter" },
];
