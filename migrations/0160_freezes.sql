-- What somebody has noted of a freeze of the account that an order's money went to, or came from. It
-- is their own: nobody else sees it, and it goes into their evidence bundle until they erase it.
create table freezes (
    order_id    integer not null references orders (id),
    owner       integer not null references users (id),
    kept        integer not null check (kept in (0, 1)), -- 0: not confirmed yet
    note        blob not null,                       -- sealed
    noted_at    integer not null,                    -- ms UTC
    primary key (order_id, owner, kept)
) strict, without rowid;
