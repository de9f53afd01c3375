//! One sentence each: who asks what, and what they hear.

pub mod accounts;
pub mod ad;
pub mod arbiters;
pub mod bill;
pub mod blocks;
pub mod bundle;
pub mod case;
pub mod chat;
pub mod devices;
pub mod dispute;
pub mod forget;
pub mod gate;
pub mod order;
pub mod payer;
pub mod practice;
pub mod security;
pub mod sell;
pub mod start;
pub mod stops;
pub mod treasury;
pub mod trust;
pub mod withdraw;
