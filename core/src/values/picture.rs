//! Pictures that the host keeps: named here, never held.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;

/// What kind of picture it is. No SVG: it can carry scripts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub enum PictureType {
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/webp")]
    Webp,
}

/// A picture by the name under which the host finds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The host's own: an id or a key. Whoever is shown the picture reads it, so it should tell nothing by itself.
    pub reference: Text<200>,
    pub media_type: PictureType,
}
