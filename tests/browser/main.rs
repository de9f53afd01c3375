//! Whole sales by clicking, in headless Chromium: what a newcomer to the demo sees and does.
//!
//! Needs Chromium and its driver, so a plain `cargo test` leaves it out; `./check` does not.

mod authenticator;
mod chat;
mod demo;
mod dispute;
mod driver;
mod seller;
mod stories;
mod words;
