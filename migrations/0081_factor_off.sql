-- After somebody has turned the second factor off, the own accounts stay as they are for a while.
alter table second_factors add column off_at integer; -- ms UTC, when it was last turned off
