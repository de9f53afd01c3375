//! Every letter, read in every language, and what must hold for all of them.

mod always;
mod cards;
mod chat;
mod composing;
mod devices;
mod news;
mod samples;
mod screens;
mod show;
