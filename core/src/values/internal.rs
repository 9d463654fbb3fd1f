//! What the agency notes for itself. Clients never see it, so it is hard to write out.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// A note of the agency on a job or a candidate.
///
/// Like [`Pay`](super::Pay) it implements neither `Serialize` nor `JsonSchema` nor `Display`, gives its text to nobody,
/// and its debug form hides it. A record stores it, and a view for the agency shows it, through [`for_agency`].
///
/// ```
/// # use staffgate::values::Text;
/// #[derive(serde::Serialize)]
/// struct CandidateForTheClient { summary: Option<Text<2000>> }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::InternalNote;
/// #[derive(serde::Serialize)]
/// struct CandidateForTheClient { summary: Option<InternalNote> }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::InternalNote;
/// #[derive(schemars::JsonSchema)]
/// struct CandidateForTheClient { summary: Option<InternalNote> }
/// ```
/// ```compile_fail,E0277
/// # use staffgate::values::{InternalNote, Text};
/// fn summary(note: InternalNote) -> Text<2000> { note.into() }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct InternalNote(Text<2000>);

impl fmt::Debug for InternalNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InternalNote(hidden)")
    }
}

/// For `#[serde(with = "internal_for_agency")]` on a field of a record, or of an agency's input or view.
pub mod for_agency {
    use super::{Deserialize, Deserializer, InternalNote, Serialize, Serializer, Text};

    pub fn serialize<S: Serializer>(note: &Option<InternalNote>, serializer: S) -> Result<S::Ok, S::Error> {
        note.as_ref().map(|note| &note.0).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<InternalNote>, D::Error> {
        Ok(Option::<Text<2000>>::deserialize(deserializer)?.map(InternalNote))
    }
}
