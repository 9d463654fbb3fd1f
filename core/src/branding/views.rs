//! Branding as the agency sets it, and as a client's people are given it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{BrandOwner, Colours, Exposure, Look};
use crate::access::Grant;
use crate::values::{Picture, SafeHtml};

/// How the portal looks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LookView {
    pub logo: Option<Picture>,
    /// Safe to put into a page as it is.
    pub header: Option<SafeHtml>,
    pub footer: Option<SafeHtml>,
    pub colours: Colours,
}

/// One owner's settings. What is null is as the next wider owner has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BrandView {
    pub owner: BrandOwner,
    pub look: Option<LookView>,
    pub exposure: Option<Exposure>,
}

/// The looks in force for whoever asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyBrandView {
    pub look: LookView,
}

fn view(look: Look) -> LookView {
    LookView { logo: look.logo, header: look.header, footer: look.footer, colours: look.colours }
}

pub fn brand(_: &Grant, owner: BrandOwner, look: Option<Look>, exposure: Option<Exposure>) -> BrandView {
    BrandView { owner, look: look.map(view), exposure }
}

pub fn mine(_: &Grant, look: Option<Look>) -> MyBrandView {
    MyBrandView { look: view(look.unwrap_or_default()) }
}
