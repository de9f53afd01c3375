-- What everybody holds, kept beside the transfers and derived from them by "fangbi check".
-- Only "outside" may be below zero: by what the desk owes in all.
create table balances (
    account     text not null check (account = 'outside' or account like 'user:%'
                                     or account like 'escrow:%' or account like 'withdrawal:%'),
    coin        text not null check (coin in ('USDT', 'BTC', 'ETH')),
    units       integer not null check (units >= 0 or account = 'outside'),
    primary key (account, coin)
) strict, without rowid;

-- Double entry, append only: each row takes from one account what it gives to another. A kind
-- happens once for a key: an order is locked once, released once or returned once, and a
-- transaction id is credited once.
create table transfers (
    id          integer primary key,
    debit       text not null,
    credit      text not null,
    coin        text not null check (coin in ('USDT', 'BTC', 'ETH')),
    units       integer not null check (units > 0),
    kind        text not null check (kind in ('deposit', 'lock', 'release', 'return',
                                              'withdraw_ask', 'withdraw_paid', 'withdraw_return')),
    key         text not null,
    at          integer not null,                    -- ms UTC
    hash        blob not null check (length(hash) = 32),
    check (debit <> credit),
    unique (kind, key)
) strict;

-- The end of an escrow is one of two, never both.
create unique index transfers_end_once on transfers (key) where kind in ('release', 'return');
create unique index transfers_settle_once on transfers (key)
    where kind in ('withdraw_paid', 'withdraw_return');

create trigger transfers_are_not_changed before update on transfers
begin select raise(abort, 'the ledger is append only'); end;
create trigger transfers_are_not_deleted before delete on transfers
begin select raise(abort, 'the ledger is append only'); end;
-- A row that is put in the place of another one would be deleted without a word.
create trigger transfers_are_not_replaced before insert on transfers
when exists (select 1 from transfers where id = new.id)
begin select raise(abort, 'the ledger is append only'); end;
