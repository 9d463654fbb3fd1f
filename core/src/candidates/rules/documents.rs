//! What makes a document good.

use crate::candidates::model::Document;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{DocumentName, DocumentType};

/// The name ends as files of the type do: what is saved opens as what it was said to be.
pub fn fits(name: &DocumentName, media_type: DocumentType, path: &str) -> Result<(), Refusal> {
    if name.fits(media_type) {
        return Ok(());
    }
    let endings: Vec<String> = media_type.endings().iter().map(|ending| format!(".{ending}")).collect();
    let expected = format!("a name that ends in {}", endings.join(" or "));
    Err(Refusal::new(Code::NotOneOf).at(format!("{path}.name")).with("expected", expected))
}

/// The anonymised file is another one: the same bytes give the same person away.
pub fn is_anonymised(document: &Document) -> Result<(), Refusal> {
    let is_same = document.anonymised.as_ref().is_some_and(|other| other.sha256 == document.file.sha256);
    if is_same { Err(Refusal::new(Code::SameFile).at("anonymised.sha256")) } else { Ok(()) }
}
