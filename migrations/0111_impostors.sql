-- Against impostors: the reader's own words on every message about money (sealed), and whether the
-- name in Telegram looks like that of staff (the name itself is not kept).
alter table users add column phrase blob;
alter table users add column poses integer not null default 0 check (poses in (0, 1));
