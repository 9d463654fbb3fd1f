//! The company behind a client, as invoices name it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::reading::parsed_text;
use crate::values::{ClientId, Email, Fault, FaultCode, Instant, Phone, Text, UserId};

/// A VAT identification number: the country's two letters and 2 to 13 letters, digits, `+` or `*`.
///
/// Kept in capitals and without spaces. Whether a number was ever given out, its country knows; the host may ask.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct VatId(String);

impl VatId {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "a VAT id such as DE123456789");
        if text.len() > 40 {
            return Err(fault());
        }
        let id: String = text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
        let (country, number) = id.split_at_checked(2).ok_or_else(fault)?;
        let is_country = country.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_number = (2..=13).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'*'));
        if is_country && is_number { Ok(Self(id)) } else { Err(fault()) }
    }
}

parsed_text!(VatId, "minLength": 4, "maxLength": 40);

/// Whom invoices are made out to. A change of this may need the agency's approval.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillingIdentity {
    #[serde(default)]
    pub legal_name: Option<Text<200>>,
    #[serde(default)]
    pub vat_id: Option<VatId>,
}

/// How the company is reached.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyContact {
    #[serde(default)]
    pub address: Option<Text<500>>,
    #[serde(default)]
    pub billing_email: Option<Email>,
    #[serde(default)]
    pub phone: Option<Phone>,
}

/// A billing identity that the client asks for and the agency has not decided on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedIdentity {
    pub identity: BillingIdentity,
    pub asked_by: UserId,
    pub asked_at: Instant,
}

/// One client's company.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Company {
    pub client: ClientId,
    pub identity: BillingIdentity,
    pub contact: CompanyContact,
    pub asked: Option<AskedIdentity>,
    /// Rises with each change.
    pub revision: u32,
}

pub static COMPANY: Kind = Kind { name: "company", columns: &[], indexes: &[] };

impl Record for Company {
    const KIND: &'static Kind = &COMPANY;

    fn record_id(&self) -> String {
        self.client.to_string()
    }
}

impl Company {
    /// What is known of a client's company before anybody has said anything.
    pub fn unknown(client: ClientId) -> Self {
        Self {
            client,
            identity: BillingIdentity::default(),
            contact: CompanyContact::default(),
            asked: None,
            revision: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::VatId;

    #[test]
    fn b14_a_vat_id_is_read_as_people_write_it_and_kept_in_one_form() {
        for (written, kept) in [
            ("DE 123 456 789", "DE123456789"),
            ("fr 83 404 833 048", "FR83404833048"),
            ("IE1234567+*", "IE1234567+*"),
            ("NL123456789B01", "NL123456789B01"),
        ] {
            assert_eq!(VatId::parse(written).unwrap().0, kept);
        }
        for bad in ["", "D", "DE", "DE1", "1234567890", "DE12345678901234", "DE-123", "D\u{c9}12345", "é1"] {
            assert!(VatId::parse(bad).is_err(), "{bad}");
        }
    }
}
