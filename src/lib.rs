//! 放币: a Telegram bot that takes a seller of crypto for yuan safely to the release of the coins.

pub mod clock;
pub mod secrets;
pub mod store;
pub mod telegram;
