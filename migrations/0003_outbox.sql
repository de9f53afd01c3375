-- What is still to be told to Telegram. A row is deleted when it is done.
create table outbox (
    id         integer primary key,                 -- given by the writer, growing: the order of a lane
    chat       integer not null,
    urgency    integer not null check (urgency between 0 and 4), -- money, reply, card, reminder, notice
    class      text not null check (class in ('answer', 'converge', 'append')),
    letter     text not null check (json_valid(letter)),
    topic      text,                                -- a newer letter on the same topic replaces a waiting one
    revision   integer not null default 0,          -- how often it was replaced
    not_before integer,                             -- ms UTC
    state      text not null default 'waiting' check (state in ('waiting', 'attempting', 'dead')),
    tries      integer not null default 0 check (tries >= 0),
    why        text,                                -- the last failure
    created_at integer not null                     -- ms UTC
) strict;

create unique index outbox_topic on outbox (topic) where state = 'waiting' and topic is not null;
create index outbox_lane on outbox (urgency, id) where state = 'waiting';
create index outbox_doubt on outbox (id) where state = 'attempting';
