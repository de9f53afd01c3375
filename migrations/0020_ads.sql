-- Buyers' standing offers. "left" is what orders have not yet taken of the total.
create table ads (
    id          integer primary key,
    owner       integer not null references users (id),
    coin        text not null check (coin in ('USDT', 'BTC', 'ETH')),
    price       integer not null check (price > 0),  -- thousandths of a yuan for one coin
    total       integer not null check (total > 0),  -- smallest units
    units_left  integer not null check (units_left >= 0),
    fen_min     integer not null check (fen_min > 0),
    fen_max     integer not null check (fen_max >= fen_min),
    window_min  integer not null check (window_min between 1 and 120), -- minutes to pay
    status      text not null check (status in ('active', 'paused', 'closed')),
    opened_at   integer not null,                    -- ms UTC
    version     integer not null default 1
) strict;

-- Offers of a coin, the best price first.
create index ads_offers on ads (coin, price desc, id) where status = 'active';
create index ads_owner on ads (owner, id) where status <> 'closed';
