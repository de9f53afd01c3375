-- Wishes to take coins out of the desk; a treasurer settles each with a transaction id.
create table withdrawals (
    id          integer primary key,
    user_id     integer not null references users (id),
    coin        text not null check (coin in ('USDT', 'BTC', 'ETH')),
    units       integer not null check (units > 0),
    address     blob not null,                       -- sealed
    status      text not null check (status in ('waiting', 'paid', 'refused')),
    asked_at    integer not null,                    -- ms UTC
    settled_by  integer,
    settled_at  integer,
    reference   text,                                -- the transaction id
    check ((status = 'waiting') = (settled_at is null)),
    check ((status = 'paid') = (reference is not null))
) strict;

create index withdrawals_waiting on withdrawals (id) where status = 'waiting';
create unique index withdrawals_reference on withdrawals (reference) where reference is not null;
