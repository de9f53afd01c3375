-- Who wants no more orders with whom, after which order. It works both ways, and only the blocker
-- is told.
create table blocks (
    blocker     integer not null references users (id),
    blocked     integer not null references users (id),
    order_id    integer not null references orders (id),
    at          integer not null,                    -- ms UTC
    primary key (blocker, blocked),
    check (blocker <> blocked)
) strict, without rowid;
