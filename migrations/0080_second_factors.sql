-- The second factor: a row for everybody who has an authenticator, or has tried to prove a wish.
create table second_factors (
    user_id      integer primary key references users (id),
    secret       blob,                              -- sealed; null: no authenticator
    confirmed_at integer,                           -- ms UTC, when its first code was typed
    last_step    integer,                           -- the half minute since 1970 of the last code that counted
    codes        blob,                              -- sealed: recovery codes until they are written down
    tries        integer not null default 0 check (tries >= 0),
    locks        integer not null default 0 check (locks >= 0),
    locked_until integer,                           -- ms UTC
    check (confirmed_at is null or secret is not null),
    check ((last_step is null) = (confirmed_at is null)),
    check (codes is null or confirmed_at is not null)
) strict;

-- Each replaces one code of the authenticator, once. Only keyed hashes: nobody reads them again.
create table recovery_codes (
    user_id     integer not null references users (id),
    lookup      blob not null check (length(lookup) = 32),
    used_at     integer,                            -- ms UTC
    primary key (user_id, lookup)
) strict, without rowid;

-- Messages of ours that show a secret, until they are taken away.
create table passing_messages (
    chat        integer not null,
    message_id  integer not null,
    primary key (chat, message_id)
) strict, without rowid;
