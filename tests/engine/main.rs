//! The two loops against a local Telegram: nothing lost, nothing done twice, nobody in the way.

mod calls;
mod desk;
mod health;
mod inbox;
mod outbox;
mod program;
mod sending;
mod trouble;
