//! What measurements share: the demands that are priced, and what the engine is compared with.

pub mod agency;
pub mod by_hand;
pub mod pricing;

/// The middle one.
pub fn median(mut times: Vec<std::time::Duration>) -> std::time::Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
