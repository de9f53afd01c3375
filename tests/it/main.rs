//! Conversations in a World: the real program over a real file, with a local Telegram and a clock
//! that stories move.

mod access;
mod ads;
mod amounts;
mod arbiters;
mod bills;
mod books;
mod cases;
mod chat;
mod clock;
mod coins;
mod crash;
mod disputes;
mod forgetting;
mod gate;
mod language;
mod orders;
mod outage;
mod payees;
mod payers;
mod receipts;
mod restart;
mod security;
mod taps;
mod telegram;
mod trust;
mod wizards;
mod world;
