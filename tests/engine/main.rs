//! The two loops against a local Telegram: nothing lost, nothing done twice, nobody in the way.

mod calls;
mod desk;
mod health;
mod inbox;
mod intake;
mod outbox;
mod program;
mod receiving;
mod sending;
mod trouble;
