//! What happened to prices.

use serde::Serialize;

use super::model::PriceScope;
use crate::engine::{EventBody, Subject};
use crate::values::{Day, PriceListId};

/// A version was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceListPublished {
    pub price_list: PriceListId,
    pub scope: PriceScope,
    pub valid_from: Day,
}

impl EventBody for PriceListPublished {
    fn name(&self) -> &'static str {
        "price_list_published"
    }

    fn subject(&self) -> Subject {
        Subject::new("price_list", self.price_list)
    }
}
