//! The client-portal core that a staffing platform embeds.
//!
//! A host makes a [`Portal`] over its [`store::Store`], says who speaks, and runs an operation:
//!
//! ```
//! use staffgate::{Call, Portal, agency::operations::CreateAgency, store::MemoryStore};
//!
//! # fn main() -> Result<(), staffgate::Refusal> {
//! let portal = Portal::new(MemoryStore::default());
//! let call = Call::operator("0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11", "2026-09-01T08:00:00Z", "first command", &[7; 32])?;
//! let agency = portal.run(&call, &serde_json::from_str::<CreateAgency>(r#"{"name":"Northlight Staffing","currency":"EUR"}"#).unwrap())?;
//! assert_eq!(agency.name, "Northlight Staffing");
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

pub mod access;
pub mod agency;
pub mod attendance;
pub mod branding;
pub mod candidates;
pub mod catalog;
pub mod changes;
pub mod clients;
pub mod codes;
pub mod companies;
pub mod decisions;
pub mod engine;
pub mod hashing;
pub mod history;
pub mod hosts;
pub mod identities;
pub mod impersonations;
pub mod links;
pub mod machines;
pub mod mandates;
pub mod messages;
pub mod notifications;
pub mod pages;
pub mod pricing;
pub mod privacy;
pub mod projects;
pub mod purchasing;
pub mod roles;
pub mod selection;
pub mod sessions;
pub mod shifts;
pub mod store;
pub mod users;
pub mod values;
pub mod visibility;
pub mod wire;

mod portal;

pub use engine::{Actor, Context, Refusal, Reply};
pub use portal::{Call, Portal, Watch};
