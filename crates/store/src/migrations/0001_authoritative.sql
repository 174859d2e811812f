-- The tables that are not projections: what they hold exists nowhere else.

-- The journal. Append-only; its unique key is what makes concurrent writes safe.
create table journal (
    position {auto_key},
    stream text not null,
    version bigint not null,
    kind text not null,
    actor text not null,
    source text not null,
    occurred_at bigint not null,
    recorded_at bigint not null,
    body text not null,
    prev_hash text not null,
    hash text not null,
    unique (stream, version)
);

-- Entries committed but not yet sealed into the global chain.
create table journal_unsealed (
    position {int_key}
);

-- The global chain over sealed entries.
create table journal_chain (
    seq {int_key},
    position bigint not null unique,
    hash text not null
);

-- Things to be done at least once, written with the change that causes them.
create table jobs (
    id {auto_key},
    kind text not null,
    key text,
    payload text not null,
    run_at bigint not null,
    attempts bigint not null,
    last_error text,
    locked_until bigint,
    state text not null,
    created_at bigint not null
);
create unique index jobs_waiting_key on jobs (kind, key) where state = 'waiting' and key is not null;
create index jobs_waiting on jobs (run_at, id) where state = 'waiting';
create index jobs_running on jobs (locked_until) where state = 'running';
create index jobs_dead on jobs (id) where state = 'dead';

-- One wrapped key per data subject; destroying it is what erasure means.
create table subject_keys (
    subject text primary key,
    wrapped bytea not null,
    created_at bigint not null
);

-- Blind index: finds a subject by a keyed hash of a phone number and the like.
create table subject_index (
    blind text not null,
    kind text not null,
    subject text not null,
    primary key (blind, kind, subject)
);
create index subject_index_subject on subject_index (subject);

-- Attachments: encrypted before they come here, kept in chunks.
create table blobs (
    id text primary key,
    subject text,
    name bytea,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    created_at bigint not null
);
create index blobs_subject on blobs (subject);
create table blob_chunks (
    blob text not null,
    n bigint not null,
    bytes bytea not null,
    primary key (blob, n)
);

create table sessions (
    token_hash text primary key,
    account text not null,
    data text not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
);
create index sessions_account on sessions (account);
create index sessions_expires on sessions (expires_at);

-- Answers already given, so that a repeated request gets the same one.
create table idempotency (
    scope text not null,
    key text not null,
    response text not null,
    subject text,
    created_at bigint not null,
    primary key (scope, key)
);
create index idempotency_created on idempotency (created_at);
create index idempotency_subject on idempotency (subject);

-- Half-filled forms, sealed.
create table drafts (
    id_hash text primary key,
    sealed bytea not null,
    created_at bigint not null,
    updated_at bigint not null,
    expires_at bigint not null
);
create index drafts_expires on drafts (expires_at);

create table rate_limits (
    bucket text primary key,
    hits bigint not null,
    window_start bigint not null,
    expires_at bigint not null
);
create index rate_limits_expires on rate_limits (expires_at);

-- Number series on SQLite; PostgreSQL uses sequences.
create table series (
    name text primary key,
    value bigint not null
);

create table projection_versions (
    name text primary key,
    version bigint not null,
    tables text not null
);
