//! The two loops against a local Telegram: nothing lost, nothing done twice, nobody in the way.

mod desk;
mod inbox;
mod outbox;
