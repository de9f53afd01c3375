//! The chat: what comes from Telegram becomes a request, and what is to be said becomes words.

pub mod action;
