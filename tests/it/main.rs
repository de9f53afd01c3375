//! Conversations in a World: the real program over a real file, with a local Telegram and a clock
//! that stories move.

mod access;
mod ads;
mod amounts;
mod arbiters;
mod attacks;
mod bills;
mod blocks;
mod books;
mod cases;
mod chat;
mod clock;
mod coins;
mod crash;
mod disputes;
mod edits;
mod evidence;
mod forgetting;
mod gate;
mod ladder;
mod language;
mod orders;
mod outage;
mod payees;
mod payers;
mod races;
mod receipts;
mod restart;
mod retention;
mod security;
mod stops;
mod taps;
mod telegram;
mod trust;
mod wizards;
mod world;
