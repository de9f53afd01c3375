-- What the seller has answered on the way to a release: kept with the order as the seller's word.
alter table orders add column gate text not null default '{}' check (json_valid(gate));

-- Alipay's numbers of payments and refunds. One payment is for one order: "lookup", the keyed hash
-- of the number, finds it again; the number itself is sealed.
create table bill_numbers (
    lookup      blob not null check (length(lookup) = 32),
    kind        text not null check (kind in ('payment', 'refund')),
    order_id    integer not null references orders (id),
    number      blob not null,
    given_at    integer not null,                    -- ms UTC
    primary key (lookup, kind)
) strict, without rowid;

create index bill_numbers_order on bill_numbers (order_id, kind, given_at);
