//! Conversations in a World: the real program over a real file, with a local Telegram and a clock
//! that stories move.

mod language;
mod orders;
mod world;
