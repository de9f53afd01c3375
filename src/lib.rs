//! 放币: a Telegram bot that takes a seller of crypto for yuan safely to the release of the coins.

pub mod clock;
pub mod config;
pub mod inbox;
pub mod logging;
pub mod office;
pub mod outbox;
pub mod secrets;
pub mod stop;
pub mod store;
pub mod telegram;
pub mod web;
