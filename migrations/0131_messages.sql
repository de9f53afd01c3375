-- What is said about an order through the bot: by its two sides, and by arbiters. It stays when it is
-- deleted in Telegram. The log has the digest of each.
create table messages (
    id          integer primary key,
    order_id    integer not null references orders (id),
    author      integer not null,
    voice       text not null check (voice in ('seller', 'buyer', 'arbiter')),
    purpose     text not null check (json_valid(purpose)),
    held        text,                                -- what was found in it, if it was held back
    text        blob,                                -- sealed, with the digest's salt; null: erased
    at          integer not null                     -- ms UTC
) strict;

create index messages_order on messages (order_id, id);

-- Photos, recordings and documents that came with them. Kept here whole and sealed, because Telegram
-- keeps a file only as long as it likes.
create table files (
    id          integer primary key,
    message_id  integer not null references messages (id),
    form        text not null check (form in ('photo', 'video', 'document')),
    place       blob,                                -- sealed: how Telegram calls it
    name        blob,                                -- sealed: how its sender calls it
    bytes       integer not null check (bytes >= 0),
    status      text not null check (status in ('awaited', 'kept', 'lost', 'erased')),
    sha256      blob check (length(sha256) = 32),    -- of its content
    content     blob,                                -- sealed
    check ((status = 'kept') = (content is not null)),
    check ((status in ('kept', 'erased')) = (sha256 is not null))
) strict;

create index files_message on files (message_id);
create index files_sha256 on files (sha256) where sha256 is not null;
