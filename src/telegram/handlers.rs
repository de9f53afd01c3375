//! One sentence each: who asks what, and what they hear.

pub mod ad;
pub mod devices;
pub mod order;
pub mod sell;
pub mod start;
pub mod treasury;
pub mod withdraw;
