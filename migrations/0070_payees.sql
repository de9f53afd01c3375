-- The sellers' Alipay accounts. A removed one keeps its row, without what was sealed: it says that
-- its owner has had an account, so that the next one waits.
create table payees (
    id          integer primary key,
    owner       integer not null references users (id),
    account     blob,                                -- sealed; null when removed
    name        blob,                                -- sealed; null when removed
    link        blob,                                -- sealed; the personal code, where there is one
    lookup      blob check (lookup is null or length(lookup) = 32), -- keyed hash of the account
    status      text not null check (status in ('active', 'paused', 'removed')),
    is_default  integer not null default 0 check (is_default in (0, 1)),
    day_cap     integer check (day_cap > 0),         -- fen a calendar day in Shanghai; null: none
    month_cap   integer check (month_cap > 0),       -- fen a calendar month in Shanghai; null: none
    usable_at   integer not null,                    -- ms UTC, when orders may be paid to it
    added_at    integer not null,                    -- ms UTC
    changed_at  integer not null,                    -- ms UTC
    version     integer not null default 1 check (version > 0),
    check ((status = 'removed') = (account is null)),
    check ((account is null) = (name is null) and (account is null) = (lookup is null)),
    check (account is not null or link is null),
    check (is_default = 0 or status <> 'removed')
) strict;

create index payees_owner on payees (owner, id);
-- One person names an account once; two people may name the same one.
create unique index payees_account on payees (owner, lookup) where lookup is not null;
create unique index payees_default on payees (owner) where is_default = 1;

-- Which of the seller's accounts an order is paid to, its code as it was then (sealed), and the
-- hash that finds the orders of an account again. Orders from before have none of them.
alter table order_payees add column payee integer references payees (id);
alter table order_payees add column link blob;
alter table order_payees add column lookup blob check (lookup is null or length(lookup) = 32);

create index order_payees_lookup on order_payees (lookup) where lookup is not null;
