//! fangbi (放币): a Telegram bot that takes a seller of crypto for yuan through Alipay safely to
//! the release of the coins.

pub mod app;
pub mod clock;
pub mod domain;
pub mod language;
pub mod letter;
mod locale;
pub mod secrets;
pub mod store;
pub mod telegram;
pub mod timers;
