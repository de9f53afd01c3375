-- Orders. What an order is, is in "state"; "status" is read out of it and checked, so the two
-- cannot disagree. An order that is not closed always has a moment at which the clock looks at it.
create table orders (
    id          integer primary key,
    ad          integer not null references ads (id),
    seller      integer not null references users (id),
    buyer       integer not null references users (id),
    coin        text not null check (coin in ('USDT', 'BTC', 'ETH')),
    units       integer not null check (units > 0),  -- smallest units
    fen         integer not null check (fen > 0),
    price       integer not null check (price > 0),  -- thousandths of a yuan for one coin
    terms       text not null check (json_valid(terms)),
    opened_at   integer not null,                    -- ms UTC
    version     integer not null check (version > 0),
    used        text not null check (json_valid(used)),
    state       text not null check (json_valid(state)),
    status      text not null generated always as (state ->> 'kind') virtual
                check (status in ('awaiting_payment', 'overdue', 'paid', 'delayed', 'refunding',
                                  'releasing', 'disputed', 'claimed',
                                  'released', 'cancelled', 'expired')),
    due_at      integer,                             -- ms UTC, when the clock has to look
    check (seller <> buyer),
    check ((due_at is null) = (status in ('released', 'cancelled', 'expired')))
) strict;

create index orders_due on orders (due_at, id) where due_at is not null;
create index orders_seller on orders (seller, id);
create index orders_buyer on orders (buyer, id);

-- Where the yuan of an order go. Sealed: the key is not in this file.
create table order_payees (
    order_id    integer primary key references orders (id),
    account     blob not null,
    name        blob not null
) strict;

-- The one live message about an order in a chat.
create table cards (
    order_id    integer not null references orders (id),
    chat        integer not null,
    message_id  integer not null,
    primary key (order_id, chat)
) strict, without rowid;

-- Every granted request and every fact, in order, each with the hash of the one before.
create table order_log (
    id          integer primary key,
    order_id    integer not null references orders (id),
    version     integer not null,                    -- of the order, afterwards
    actor       integer,                             -- null: the clock, or we ourselves
    entry       text not null check (json_valid(entry)),
    status      text not null,                       -- of the order, afterwards
    at          integer not null,                    -- ms UTC
    hash        blob not null check (length(hash) = 32)
) strict;

create index order_log_order on order_log (order_id, id);

create trigger order_log_is_not_changed before update on order_log
begin select raise(abort, 'the log is append only'); end;
create trigger order_log_is_not_shortened before delete on order_log
begin select raise(abort, 'the log is append only'); end;
-- A row that is put in the place of another one would be deleted without a word.
create trigger order_log_are_not_replaced before insert on order_log
when exists (select 1 from order_log where id = new.id)
begin select raise(abort, 'the log is append only'); end;
