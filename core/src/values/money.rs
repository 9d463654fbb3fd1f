//! The client's world of money: what is charged. Pay lives in `pay.rs` and converts to nothing here.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Currency, Fault, FaultCode, plain, round_half_up};

/// The most that one amount may be: enough for any order, far from overflow.
pub(super) const LARGEST: i64 = 1_000_000_000_000;

/// An amount of a currency that the context names, with the currency's number of decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Amount(Decimal);

impl Amount {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Rounds half up to the currency's exponent.
    pub fn rounded(value: Decimal, currency: Currency) -> Self {
        Self(round_half_up(value, currency.exponent()))
    }

    /// So many of the currency's smallest unit, such as cents.
    #[inline]
    pub(crate) fn of_units(units: i64, currency: Currency) -> Self {
        Self(Decimal::try_new(units, currency.exponent()).unwrap_or_default())
    }

    /// How many of the currency's smallest unit; `None` if it has more decimals than the currency, or is too large.
    #[inline]
    pub(crate) fn units(self, currency: Currency) -> Option<i64> {
        let units = i64::try_from(self.0.mantissa()).ok()?;
        match currency.exponent().checked_sub(self.0.scale())? {
            0 => Some(units),
            missing => units.checked_mul(10_i64.checked_pow(missing)?),
        }
    }

    /// A price for one of something: all the decimals that it has, and at least those of the currency.
    pub(crate) fn price(value: Decimal, currency: Currency) -> Self {
        let mut price = value.normalize();
        if price.scale() < currency.exponent() {
            price.rescale(currency.exponent());
        }
        Self(price)
    }

    /// Reads a price for one of something; such a price may have more decimals than amounts have.
    pub(crate) fn read_price<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::values::reading::parsed(deserializer, |text| plain(text).map(Self))
    }

    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// `None` on overflow, which the caller turns into an error.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `None` on overflow, which the caller turns into an error.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many of so many equal parts, rounded half up to the decimals that it has. Nothing of no parts.
    pub(crate) fn share(self, part: u64, whole: u64) -> Self {
        let share =
            self.0.checked_mul(Decimal::from(part)).and_then(|all| all.checked_div(Decimal::from(whole)));
        Self(share.map_or(Decimal::ZERO, |share| round_half_up(share, self.0.scale())))
    }
}

/// An amount with its currency, where the context does not name one. Two currencies never compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub currency: Currency,
    pub amount: Amount,
}

impl Money {
    /// A limit or a value that somebody sets: not negative, and with no more decimals than the currency has.
    pub fn checked(self) -> Result<Self, Fault> {
        match self.amount.units(self.currency) {
            Some(0..) => Ok(Self { amount: Amount::rounded(self.amount.0, self.currency), ..self }),
            _ => Err(Fault::new(FaultCode::OutOfRange, "an amount of the currency, zero or more")),
        }
    }

    /// Whether a cost stays within this limit; `None` if it is in another currency. Exactly equal stays within.
    pub fn covers(self, cost: Self) -> Option<bool> {
        (self.currency == cost.currency).then_some(cost.amount <= self.amount)
    }
}

/// What the client pays for an hour: at most four decimals, never negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ChargeRate(Decimal);

impl ChargeRate {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        rate(text).map(Self)
    }

    pub const fn per_hour(self) -> Decimal {
        self.0
    }
}

/// Reads an hourly rate; shared by the two worlds of money, which share nothing else.
pub(super) fn rate(text: &str) -> Result<Decimal, Fault> {
    let value = plain(text)?;
    let limit = Decimal::from(1_000_000);
    if value.is_sign_negative() || value > limit || value.scale() > 4 {
        return Err(Fault::new(
            FaultCode::OutOfRange,
            "an hourly rate from 0 to 1000000 with at most 4 decimals",
        ));
    }
    Ok(value)
}

macro_rules! decimal_string {
    ($name:ident, $parse:expr) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match crate::values::decimal::Digits::of(self.0) {
                    Some(digits) => serializer.serialize_str(digits.as_str()),
                    None => serializer.collect_str(&self.0),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::values::reading::parsed(deserializer, $parse)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": "decimal" })
            }
        }
    };
}
pub(super) use decimal_string;

fn amount(text: &str) -> Result<Amount, Fault> {
    let value = plain(text)?;
    if value.abs() > Decimal::from(LARGEST) || value.scale() > 4 {
        return Err(Fault::new(
            FaultCode::OutOfRange,
            "an amount up to 1000000000000 with at most 4 decimals",
        ));
    }
    Ok(Amount(value))
}

decimal_string!(Amount, amount);
decimal_string!(ChargeRate, ChargeRate::parse);
