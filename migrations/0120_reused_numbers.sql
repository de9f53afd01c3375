-- Alipay's numbers that were refused because they belong to another order. Each is told once, or
-- whoever types one again and again would ring the seller and the operators.
create table reused_numbers (
    lookup      blob not null check (length(lookup) = 32), -- keyed hash of the number
    order_id    integer not null references orders (id), -- for which it was given
    primary key (lookup, order_id)
) strict, without rowid;
