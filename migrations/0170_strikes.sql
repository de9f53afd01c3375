-- Orders that ended unpaid, or with a "paid" that was not true: one strike an order, against its
-- buyer, who takes no new orders until then.
create table strikes (
    order_id    integer primary key references orders (id),
    buyer       integer not null references users (id),
    offence     text not null check (offence in ('unpaid', 'false_paid')),
    at          integer not null,                    -- ms UTC, when the order ended
    until       integer not null,                    -- ms UTC
    check (until > at)
) strict;

create index strikes_buyer on strikes (buyer, at);

-- The last row of the log from before strikes were counted: what had ended by then has none.
create table strikes_begin (
    id          integer primary key check (id = 1),
    log_row     integer not null
) strict;

insert into strikes_begin (id, log_row) select 1, coalesce(max(id), 0) from order_log;
