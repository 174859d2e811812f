-- What belongs to logging in and must not stand in the journal: it can be changed and
-- forgotten.

-- Password hashes (argon2id, PHC strings).
create table credentials (
    account text primary key,
    hash text not null,
    changed_at bigint not null
);

-- Log-ins and failed tries, without personal data: `source` is a keyed digest.
create table access_log (
    id text primary key,
    at bigint not null,
    kind text not null,
    account text,
    source text not null
);
create index access_log_at on access_log (at, id);
