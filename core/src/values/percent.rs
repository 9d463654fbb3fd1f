//! Percentages: shares such as a VAT rate, and surcharges on a price.

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
    pub const ZERO: Self = Self(Decimal::ZERO);

    pub fn parse(text: &str) -> Result<Self, Fault> {
        up_to(text, 100).map(Self)
    }

    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The share of `value`, unrounded; `None` on overflow.
    pub fn of(self, value: Decimal) -> Option<Decimal> {
        share(self.0, value)
    }
}

/// What comes on top of a price, from 0 to 1000 with at most four decimals; 150 makes two and a half times the price.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Surcharge(Decimal);

impl Surcharge {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        up_to(text, 1000).map(Self)
    }

    /// The part that comes on top of `value`, unrounded; `None` on overflow.
    pub fn of(self, value: Decimal) -> Option<Decimal> {
        share(self.0, value)
    }
}

/// How much of something that is not time, such as kilometres: from 0 to 1000000 with at most four decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Quantity(Decimal);

impl Quantity {
    /// A count that was computed from such quantities.
    pub(crate) fn counted(value: Decimal) -> Self {
        Self(value.normalize())
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        up_to(text, 1_000_000).map(Self)
    }

    pub const fn decimal(self) -> Decimal {
        self.0
    }
}

fn up_to(text: &str, most: u32) -> Result<Decimal, Fault> {
    let value = plain(text)?;
    if value.is_sign_negative() || value > Decimal::from(most) || value.scale() > 4 {
        return Err(Fault::new(
            FaultCode::OutOfRange,
            format!("a number from 0 to {most} with at most 4 decimals"),
        ));
    }
    Ok(value)
}

fn share(percent: Decimal, value: Decimal) -> Option<Decimal> {
    value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)
}

decimal_string!(Percent, Percent::parse);
decimal_string!(Surcharge, Surcharge::parse);
decimal_string!(Quantity, Quantity::parse);
