//! What measurements share: the demands that are priced, and what the engine is compared with.

pub mod pricing;
