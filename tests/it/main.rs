//! Conversations in a World: the real program over a real file, with a local Telegram and a clock
//! that stories move.

mod access;
mod ads;
mod books;
mod clock;
mod coins;
mod crash;
mod disputes;
mod language;
mod orders;
mod outage;
mod receipts;
mod restart;
mod taps;
mod telegram;
mod wizards;
mod world;
