-- What operators have stopped: the desk's new orders, a person, an ad. A stop that was lifted
-- stays. The reason, which those concerned read, is sealed.
create table stops (
    id          integer primary key,
    scope       text not null check (scope in ('desk', 'user', 'ad')),
    subject     integer not null,                    -- the person or the ad; 0: there is one desk
    by          integer not null,
    reason      blob not null,
    at          integer not null,                    -- ms UTC
    lifted_by   integer,
    lifted_at   integer,                             -- ms UTC
    check ((lifted_by is null) = (lifted_at is null)),
    check ((scope = 'desk') = (subject = 0))
) strict;

-- A thing is stopped once.
create unique index stops_in_force on stops (scope, subject) where lifted_at is null;
