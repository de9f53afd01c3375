-- From which account of the own a buyer pays, as declared beforehand. One a person.
create table payers (
    user_id     integer primary key references users (id),
    name        blob not null,                       -- sealed
    account     blob not null,                       -- sealed
    lookup      blob not null check (length(lookup) = 32), -- keyed hash of the account
    declared_at integer not null                     -- ms UTC
) strict;

create index payers_lookup on payers (lookup);

-- The same, as it was declared when an order was opened: a later change does not reach the order.
create table order_payers (
    order_id    integer primary key references orders (id),
    name        blob not null,                       -- sealed
    account     blob not null,                       -- sealed
    lookup      blob not null check (length(lookup) = 32)
) strict;

create index order_payers_lookup on order_payers (lookup);
