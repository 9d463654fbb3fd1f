//! Texts that stand for one field of one thing and for nothing else: whether somebody reads it is whether its mark is
//! in the reply.

use serde_json::Value;

/// The given name of a worker in a shift.
pub fn given(number: u32) -> String {
    format!("Given{number}")
}

pub fn family(number: u32) -> String {
    format!("Family{number}")
}

pub fn phone(number: u32) -> String {
    format!("+49 30 {number}")
}

pub fn mail(number: u32) -> String {
    format!("mail-{number}@people.example")
}

pub fn pay(number: u32) -> String {
    format!("{number}.37")
}

pub fn net(number: u32) -> String {
    format!("{number}.25")
}

pub fn fee(number: u32) -> String {
    format!("{number}.75")
}

/// What clients read of a stage: a name of the agency's own, unlike the stage's key.
pub fn stage(stage: &str) -> String {
    format!("Told {stage}")
}

/// Name, size and hash of a candidate's file: of the one that names them, or of the one that does not.
pub fn file(number: u32, is_blind: bool) -> [String; 3] {
    let (name, bytes) = if is_blind { ("blind", number + 1_000_000) } else { ("file", number) };
    [format!("{}.pdf", text(name, number)), bytes.to_string(), format!("{bytes:064x}")]
}

/// Any other text: what it is, and of which thing.
pub fn text(what: &str, number: u32) -> String {
    format!("{what}-{number}")
}

/// An instant as it is written.
pub fn instant(millis: i64) -> String {
    let instant = staffgate::values::Instant::from_millis(millis);
    let written = instant.ok().and_then(|instant| serde_json::to_value(instant).ok());
    written.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}
