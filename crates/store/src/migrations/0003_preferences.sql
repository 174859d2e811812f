-- How someone likes to work: saved searches, chosen columns. Theirs to change and forget,
-- so not in the journal; sealed, for a search may name someone.
create table preferences (
    account text not null,
    key text not null,
    sealed bytea not null,
    updated_at bigint not null,
    primary key (account, key)
);
