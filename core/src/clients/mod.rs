//! Client companies: their sites, defaults and portal access.

pub mod model;
