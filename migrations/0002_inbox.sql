-- Every update Telegram gave us, until its effect is committed; also each chat's queue.
-- Finished rows stay two days without their content: they are the duplicate filter.
create table inbox (
    update_id   integer primary key,
    chat        integer,                            -- the queue; null: no chat
    raw         blob,                               -- sealed JSON, as it came; null when done
    received_at integer not null,                   -- ms UTC
    tries       integer not null default 0 check (tries >= 0),
    state       text not null default 'waiting' check (state in ('waiting', 'done', 'dead', 'unread')),
    check ((state = 'done') = (raw is null))
) strict;

create index inbox_waiting on inbox (update_id) where state = 'waiting';
