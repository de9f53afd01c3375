//! Bad days of the machine: the process is killed, the power fails, the disk is full, broken or lies.
//! What was acknowledged has to be there afterwards, and nothing may be wrong.
//!
//! The short forms run with all other tests. The long ones:
//!
//! ```sh
//! CRASHES=20000 cargo test --test crashes power -- --nocapture   # so many power cuts
//! CRASHES=2000 cargo test --test crashes kill -- --nocapture     # so many deaths of the real program
//! ```

mod desk;
mod disk;
mod flips;
mod kill;
mod power;

/// How many of something a story is told for: so many as a rule, more when asked for.
fn as_often_as(usual: usize) -> usize {
    std::env::var("CRASHES").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Where the dice of a story start; another history each time when asked for.
fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}
