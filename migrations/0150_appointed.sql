-- Since when somebody has a role, and who has given it in the chat. Null: the configuration says so, and
-- takes it away again when it does not say so any more.
alter table staff add column appointed_by integer;
alter table staff add column appointed_at integer not null default 0;
