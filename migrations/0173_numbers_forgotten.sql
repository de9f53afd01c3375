-- Alipay's numbers can be forgotten: "lookup", which still tells a number that comes again, stays.
create table bill_numbers_anew (
    lookup      blob not null check (length(lookup) = 32),
    kind        text not null check (kind in ('payment', 'refund')),
    order_id    integer not null references orders (id),
    number      blob,                                -- sealed; null: forgotten
    given_at    integer not null,                    -- ms UTC
    primary key (lookup, kind)
) strict, without rowid;

insert into bill_numbers_anew (lookup, kind, order_id, number, given_at)
    select lookup, kind, order_id, number, given_at from bill_numbers;
drop table bill_numbers;
alter table bill_numbers_anew rename to bill_numbers;

create index bill_numbers_order on bill_numbers (order_id, kind, given_at);
