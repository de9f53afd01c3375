-- What the desk itself decided while running (for example "no new orders today"): one row a name.
create table settings (
    name       text primary key,
    value      text not null check (json_valid(value)),
    changed_at integer not null,                    -- ms UTC
    changed_by integer                              -- the person; null: the program
) strict, without rowid;

-- When we were last in touch with Telegram. One row; an outage is measured from it.
create table pulse (
    id integer primary key check (id = 1),
    at integer not null                             -- ms UTC
) strict;
