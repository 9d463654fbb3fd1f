//! Links that let somebody in: invitations, and links that show a project. Their records, tokens and the list of them.

pub mod events;
pub mod fields;
pub mod making;
pub mod model;
pub mod opening;
pub mod operations;
pub mod passcodes;
pub mod public;
pub mod rules;
pub mod views;
