//! The two loops against a local Telegram: nothing lost, nothing done twice, nobody in the way.

mod desk;
mod health;
mod inbox;
mod outbox;
mod program;
