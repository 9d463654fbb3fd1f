//! Percentages such as a VAT rate.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::money::decimal_string;
use super::{Fault, FaultCode, plain};

/// From 0 to 100 with at most four decimals; 21 means 21 %.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Percent(Decimal);

impl Percent {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let value = plain(text)?;
        if value.is_sign_negative() || value > Decimal::ONE_HUNDRED || value.scale() > 4 {
            return Err(Fault::new(
                FaultCode::OutOfRange,
                "a percentage from 0 to 100 with at most 4 decimals",
            ));
        }
        Ok(Self(value))
    }

    /// The share of `value`, unrounded; `None` on overflow.
    pub fn of(self, value: Decimal) -> Option<Decimal> {
        value.checked_mul(self.0)?.checked_div(Decimal::ONE_HUNDRED)
    }
}

decimal_string!(Percent, Percent::parse);
