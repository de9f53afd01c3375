-- The amounts by which payments to an account are told apart: a receipt of so many fen means this
-- order and no other. A row goes some time after its order has closed.
create table amounts (
    lookup      blob not null check (length(lookup) = 32), -- keyed hash of the payee's account
    fen         integer not null check (fen > 0),
    order_id    integer not null unique references orders (id),
    free_at     integer,                             -- ms UTC; null while the order runs
    primary key (lookup, fen)
) strict, without rowid;

create index amounts_free on amounts (free_at) where free_at is not null;

-- How many fen were added to the price for that. They are part of "fen".
alter table orders add column fen_added integer not null default 0
    check (fen_added between 0 and 99);
