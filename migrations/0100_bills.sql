-- The last bill that somebody has sent: where Telegram keeps the file until it has been read, then
-- what came of it. The file itself is never kept.
create table bills (
    user_id  integer primary key references users (id),
    id       integer not null,                       -- of the update that brought it
    file     blob,                                   -- sealed
    report   blob,                                   -- sealed
    asked_at integer not null,                       -- ms UTC
    check ((file is null) <> (report is null))
) strict;
