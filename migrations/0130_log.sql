-- The log, built anew: it also keeps what somebody of the desk does ("order_id" null), and each row
-- has three marks. "hash" chains all rows of the desk. "link" chains the rows of one order alone, so
-- that they can be shown to somebody who must not see those of others. "mac" is made with the key,
-- which is not in this file: whoever can write to the file still cannot write a row of ours.
create table order_log_anew (
    id          integer primary key,
    order_id    integer references orders (id),
    version     integer not null,                    -- of the order, afterwards
    actor       integer,                             -- null: the clock, or we ourselves
    entry       text not null check (json_valid(entry)),
    status      text not null,                       -- of the order, afterwards
    at          integer not null,                    -- ms UTC
    hash        blob not null check (length(hash) = 32),
    link        blob check (length(link) = 32),      -- null: a row from before
    mac         blob check (length(mac) = 32)
) strict;

insert into order_log_anew (id, order_id, version, actor, entry, status, at, hash)
    select id, order_id, version, actor, entry, status, at, hash from order_log;
drop table order_log;
alter table order_log_anew rename to order_log;

create index order_log_order on order_log (order_id, id);

create trigger order_log_is_not_changed before update on order_log
begin select raise(abort, 'the log is append only'); end;
create trigger order_log_is_not_shortened before delete on order_log
begin select raise(abort, 'the log is append only'); end;
create trigger order_log_are_not_replaced before insert on order_log
when exists (select 1 from order_log where id = new.id)
begin select raise(abort, 'the log is append only'); end;

-- Where each chain ends. A chain alone does not show that its last rows are missing.
create table heads (
    chain       text primary key check (chain in ('order_log', 'transfers')),
    last        integer not null,
    hash        blob not null check (length(hash) = 32)
) strict, without rowid;

insert into heads (chain, last, hash)
    select 'order_log', id, hash from order_log order by id desc limit 1;
insert into heads (chain, last, hash)
    select 'transfers', id, hash from transfers order by id desc limit 1;

create trigger order_log_has_a_head after insert on order_log
begin
    insert into heads (chain, last, hash) values ('order_log', new.id, new.hash)
        on conflict (chain) do update set last = excluded.last, hash = excluded.hash;
end;
create trigger transfers_have_a_head after insert on transfers
begin
    insert into heads (chain, last, hash) values ('transfers', new.id, new.hash)
        on conflict (chain) do update set last = excluded.last, hash = excluded.hash;
end;
