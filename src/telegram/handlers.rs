//! One sentence each: who asks what, and what they hear.

pub mod ad;
pub mod order;
pub mod practice;
pub mod security;
pub mod sell;
pub mod start;
pub mod treasury;
pub mod withdraw;
