//! The typed no: a code, where in the input it arose, and details drawn from the actor's own words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

use crate::codes::Code;
use crate::store::{StoreError, StoreErrorKind};
use crate::values::{Fault, FaultCode, Locale};

/// What the caller does next; each language has one error class per variant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RefusalClass")]
pub enum Class {
    /// Correct the input.
    Invalid,
    /// The actor may not do this; asking again will not help.
    Denied,
    /// There is nothing with this id that the actor may see.
    NotFound,
    /// The state does not allow it (any more); read again and decide anew.
    Conflict,
    /// Wait, then try again.
    Throttled,
    /// Others changed the same records at the same time; try again.
    Contended,
    /// The store cannot do it now; try again later.
    Unavailable,
    /// The store did not say whether the commit happened; call again with the same command id.
    OutcomeUnknown,
    /// A fault in the library or in a store.
    Internal,
}

/// What a kept refusal begins with. Replies are JSON objects, so none begins so.
const KEPT: &str = "refused ";

#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    code: Cow<'a, str>,
    path: Option<Cow<'a, str>>,
    details: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    locale: Locale,
}

/// Why an operation did nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    pub code: Code,
    /// The field of the input, such as `positions[2].headcount`.
    pub path: Option<String>,
    /// Named values for the message, in a fixed order.
    pub details: Vec<(&'static str, String)>,
    /// The language in which the message is written when it crosses to another language.
    pub locale: Locale,
}

impl Refusal {
    pub fn new(code: Code) -> Self {
        Self { code, path: None, details: Vec::new(), locale: Locale::En }
    }

    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says that the path so far stands under another field: `end` becomes `shifts[2].end`.
    #[must_use]
    pub fn under(mut self, parent: &str) -> Self {
        self.path = Some(match self.path {
            Some(path) => format!("{parent}.{path}"),
            None => parent.to_owned(),
        });
        self
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.details.push((name, value.to_string()));
        self
    }

    /// The one answer for what is not there and for what is not the actor's to see.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    pub fn class(&self) -> Class {
        self.code.class()
    }

    /// Whether the same call can succeed later without a change.
    pub fn retryable(&self) -> bool {
        matches!(
            self.class(),
            Class::Throttled | Class::Contended | Class::Unavailable | Class::OutcomeUnknown
        )
    }

    /// The form in which a command keeps a refusal that counts; no reply begins like it.
    pub(super) fn kept(&self) -> String {
        let details: BTreeMap<_, _> =
            self.details.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let kept = Kept {
            code: self.code.text().into(),
            path: self.path.as_deref().map(Cow::Borrowed),
            details: details.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            locale: self.locale,
        };
        format!("{KEPT}{}", serde_json::to_string(&kept).unwrap_or_default())
    }

    /// Reads that form back; `None` for every reply. Of the details, those that the sentence names are kept.
    pub(super) fn of_kept(text: &str) -> Option<Self> {
        let body = text.strip_prefix(KEPT)?;
        let Ok(kept) = serde_json::from_str::<Kept>(body) else {
            return Some(Self::new(Code::StoreDamaged).with("reason", "a kept refusal does not read back"));
        };
        let Some(code) = Code::ALL.iter().copied().find(|code| code.text() == kept.code) else {
            return Some(Self::new(Code::StoreNewer).with("reason", "a kept refusal has an unknown code"));
        };
        let names = code.template(Locale::En).split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let details = names.filter_map(|name| kept.details.get(name).map(|value| (name, value.to_string())));
        let (path, locale) = (kept.path.map(Cow::into_owned), kept.locale);
        Some(Self { code, path, details: details.collect(), locale })
    }

    /// One sentence for a person.
    pub fn message(&self, locale: Locale) -> String {
        let mut text = self.code.template(locale).to_owned();
        for (name, value) in &self.details {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(self.locale))
    }
}

impl std::error::Error for Refusal {}

/// The shape in which a refusal crosses to another language.
impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("code", self.code.text())?;
        map.serialize_entry("class", &self.class())?;
        map.serialize_entry("message", &self.message(self.locale))?;
        map.serialize_entry("path", &self.path)?;
        let details: std::collections::BTreeMap<_, _> = self.details.iter().map(|(k, v)| (k, v)).collect();
        map.serialize_entry("details", &details)?;
        map.serialize_entry("retryable", &self.retryable())?;
        map.end()
    }
}

/// For replies that hold refusals, one for each item that was refused.
impl JsonSchema for Refusal {
    fn schema_name() -> Cow<'static, str> {
        "RefusalView".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Why an item was refused while others were not.",
            "type": "object",
            "properties": {
                "code": { "description": "Stable text such as `too_long`.", "type": "string" },
                "class": generator.subschema_for::<Class>(),
                "message": { "description": "One sentence for a person.", "type": "string" },
                "path": {
                    "description": "The field of the item, such as `positions[2].headcount`.",
                    "type": ["string", "null"],
                },
                "details": {
                    "description": "The values that the message mentions.",
                    "type": "object",
                    "additionalProperties": { "type": "string" },
                },
                "retryable": { "type": "boolean" },
            },
            "required": ["code", "class", "message", "path", "details", "retryable"],
        })
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let code = match fault.code {
            FaultCode::TooLong => Code::TooLong,
            FaultCode::TooShort => Code::TooShort,
            FaultCode::TooMany => Code::TooMany,
            FaultCode::TooFew => Code::TooFew,
            FaultCode::OutOfRange => Code::OutOfRange,
            FaultCode::Malformed => Code::Malformed,
            FaultCode::UnknownZone => Code::UnknownZone,
            FaultCode::UnknownCurrency => Code::UnknownCurrency,
            FaultCode::ControlCharacter => Code::ControlCharacter,
        };
        Self::new(code).with("expected", fault.expected)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let code = match error.kind {
            StoreErrorKind::Unavailable => Code::StoreUnavailable,
            StoreErrorKind::OutcomeUnknown => Code::OutcomeUnknown,
            StoreErrorKind::Full => Code::StoreFull,
            StoreErrorKind::ReadOnly => Code::StoreReadOnly,
            StoreErrorKind::Damaged => Code::StoreDamaged,
            StoreErrorKind::Newer => Code::StoreNewer,
            StoreErrorKind::UnknownKind => Code::StoreUnknownKind,
            StoreErrorKind::Closed => Code::StoreClosed,
            StoreErrorKind::Internal => Code::StoreFault,
        };
        Self::new(code).with("reason", error.message)
    }
}
