-- Everybody who has written to the bot, by Telegram's numeric id. No names: those are Telegram's.
create table users (
    id          integer primary key,
    language    text not null check (language in ('en', 'zh-CN')),
    terms_at    integer,                            -- ms UTC, when the risk notice was accepted
    reachable   integer not null default 1 check (reachable in (0, 1)),
    completed   integer not null default 0 check (completed >= 0), -- orders brought to a release
    seen_at     integer not null                    -- ms UTC, first contact
) strict;

-- Who may do more than trade. Written from the config at each start, read at each act.
create table staff (
    user_id     integer not null,
    role        text not null check (role in ('operator', 'treasurer', 'arbiter')),
    primary key (user_id, role)
) strict, without rowid;
