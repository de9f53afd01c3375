-- Phones that tell of payments: a forwarder of notifications, or V免签. What they say can be forged,
-- so it only marks orders. Whoever knows a phone's address and secret is that phone.
create table devices (
    id          integer primary key,
    owner       integer not null references users (id),
    payee       integer not null references payees (id), -- the account it watches
    kind        text not null check (kind in ('forwarder', 'vmq')),
    lookup      blob not null unique check (length(lookup) = 32), -- keyed hash of its token
    token       blob not null,                       -- sealed: the end of its address
    secret      blob not null,                       -- sealed: what it signs with
    added_at    integer not null,                    -- ms UTC
    heard_at    integer,                             -- ms UTC; null: never yet
    due_at      integer,                             -- ms UTC, when silence is told; null: told, or revoked
    warned_at   integer,                             -- ms UTC, when misuse was last told
    revoked_at  integer,                             -- ms UTC
    check (revoked_at is null or due_at is null)
) strict;

create index devices_owner on devices (owner, id) where revoked_at is null;
create index devices_payee on devices (payee) where revoked_at is null;
create index devices_due on devices (due_at) where due_at is not null;

-- A phone ends with the account that it watches.
create trigger devices_end_with_their_account after update of status on payees
when new.status = 'removed'
begin
    update devices set revoked_at = new.changed_at, due_at = null
    where payee = new.id and revoked_at is null;
end;

-- What they said in the last days: a timestamp is used once, and the same money counts once. No
-- text is kept, only its hash.
create table signals (
    id          integer primary key,
    device      integer not null references devices (id),
    stamp       integer not null,                    -- ms UTC, as the phone signed it
    body        blob not null check (length(body) = 32), -- SHA-256
    kind        text check (kind in ('vmq', 'notification', 'transfer', 'unclear')), -- null: not about money
    fen         integer check (fen > 0),
    order_id    integer references orders (id),      -- that it was taken to mean
    at          integer not null,                    -- ms UTC, when it came
    unique (device, stamp),
    check ((fen is not null) = (kind is not null and kind in ('vmq', 'notification')))
) strict;

create index signals_at on signals (device, at);

-- The strongest signal that fitted an order, as JSON. It only marks.
alter table orders add column seen text check (seen is null or json_valid(seen));
