//! What happens to orders, as it is told.

mod claim;
mod clock;
mod dispute;
mod gate;
mod late;
mod outage;
mod paying;
mod refund;
mod releasing;
mod stalling;
