-- To whom a message of an order's chat goes, and how far it has come. What is held back goes to
-- nobody, and has no row.
create table relays (
    message_id  integer not null references messages (id),
    reader      integer not null,
    way         text not null check (way in ('queued', 'reached', 'blocked', 'muted')),
    primary key (message_id, reader)
) strict, without rowid;

create index relays_blocked on relays (reader) where way = 'blocked';

-- Who does not want to be rung any more by the other side of an order.
create table mutes (
    order_id    integer not null references orders (id),
    user_id     integer not null,
    told        integer not null default 0 check (told in (0, 1)),  -- the other side knows
    primary key (order_id, user_id)
) strict, without rowid;
