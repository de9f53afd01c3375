-- Where somebody is in a wizard. Written in the transaction of what the wizard does.
create table conversations (
    chat        integer not null,
    user_id     integer not null,
    state       blob not null,                       -- sealed, versioned JSON
    version     integer not null,                    -- buttons of the wizard carry it
    expires_at  integer not null,                    -- ms UTC
    primary key (chat, user_id)
) strict, without rowid;
