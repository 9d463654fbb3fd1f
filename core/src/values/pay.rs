//! The worker's world of money: what is earned. Clients never see it, so it is hard to write out.

use std::fmt;

use rust_decimal::Decimal;

use super::{Fault, money};

/// What a worker earns for an hour.
///
/// It implements neither `Serialize` nor `JsonSchema` nor `Display`, and its debug form hides the figure: a view
/// for clients that holds it does not compile. A record stores it through [`stored`]; a view for the agency shows
/// it through [`for_agency`]. There is no conversion to or from a charge, and no arithmetic: what the agency keeps, the
/// margin, cannot be computed here at all.
///
/// A view that serialises holds what the client pays:
/// ```
/// # use staffgate::values::Amount;
/// #[derive(serde::Serialize, schemars::JsonSchema)]
/// struct ShiftForTheClient { price: Option<Amount> }
/// ```
/// It cannot hold pay, whether it is written out or described:
/// ```compile_fail,E0277
/// # use staffgate::values::Pay;
/// #[derive(serde::Serialize)]
/// struct ShiftForTheClient { price: Option<Pay> }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::Pay;
/// #[derive(schemars::JsonSchema)]
/// struct ShiftForTheClient { price: Option<Pay> }
/// ```
/// Nor can a message, nor a charge be made of it, nor the difference of the two:
/// ```
/// # use staffgate::values::Amount;
/// fn message(price: Amount) -> String { format!("the client pays {price}") }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::Pay;
/// fn message(price: Pay) -> String { format!("the client pays {price}") }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::{ChargeRate, Pay};
/// fn charge(pay: Pay) -> ChargeRate { pay.into() }
/// ```
/// ```compile_fail,E0369
/// # use staffgate::values::{ChargeRate, Pay};
/// fn margin(charge: ChargeRate, pay: Pay) -> rust_decimal::Decimal { charge - pay }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pay(Decimal);

impl Pay {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        money::rate(text).map(Self)
    }
}

impl fmt::Debug for Pay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pay(hidden)")
    }
}

macro_rules! optional_pay {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub mod $name {
            use std::borrow::Cow;

            use serde::{Deserialize, Deserializer, Serializer, de};

            use super::Pay;

            pub fn serialize<S: Serializer>(pay: &Option<Pay>, serializer: S) -> Result<S::Ok, S::Error> {
                match pay {
                    Some(pay) => serializer.collect_str(&pay.0),
                    None => serializer.serialize_none(),
                }
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Pay>, D::Error> {
                let text = Option::<Cow<str>>::deserialize(deserializer)?;
                text.map(|text| Pay::parse(&text).map_err(de::Error::custom)).transpose()
            }
        }
    };
}

optional_pay! {
    /// For `#[serde(with = "pay_stored")]` on a record's field: the form at rest.
    stored
}
optional_pay! {
    /// For `#[serde(with = "pay_for_agency")]` on a field of an agency's input or view.
    for_agency
}
