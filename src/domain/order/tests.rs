//! The order, told as stories, walked as a table, and shaken at random.

mod drawing;
mod order_table;
mod page;
mod properties;
mod races;
mod replay;
pub(crate) mod samples;
mod script;
mod stories;
mod walk;
