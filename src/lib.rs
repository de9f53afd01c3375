//! fangbi (放币): a Telegram bot that takes a seller of crypto for yuan through Alipay safely to
//! the release of the coins.

pub mod app;
pub mod bucket;
pub mod bundle;
pub mod clock;
pub mod config;
pub mod desk;
pub mod domain;
pub mod inbox;
pub mod language;
pub mod letter;
pub mod locale;
pub mod logging;
pub mod markup;
pub mod office;
pub mod outbox;
pub mod receipts;
pub mod secrets;
pub mod stop;
pub mod store;
pub mod telegram;
pub mod timers;
pub mod web;
