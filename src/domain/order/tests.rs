//! The order, told as stories, walked as a table, and shaken at random.

mod script;
mod stories;
