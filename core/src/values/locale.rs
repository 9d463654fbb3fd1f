//! The languages that every message exists in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language of messages, refusals and notifications.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Fr,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];
}
