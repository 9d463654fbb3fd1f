//! The passcode beside a link: made, asked for, and counted when it is wrong.

use super::model::{EndReason, Link, LinkEnd};
use super::rules::WRONG_PASSCODES_MOST;
use crate::access::Grant;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Stop, Tx};
use crate::users::passwords;
use crate::values::Password;

/// Fewer characters than this are guessed within the attempts that a link allows.
const PASSCODE_CHARACTERS_LEAST: usize = 6;
const PASSCODE_CHARACTERS_MOST: usize = 100;

/// What is kept of a new link's passcode.
pub fn kept(tx: &mut Tx, passcode: Option<&Password>) -> Run<Option<String>> {
    let Some(passcode) = passcode else { return Ok(None) };
    let length = passwords::normal(passcode).chars().count();
    let (code, expected) = match length {
        0..PASSCODE_CHARACTERS_LEAST => (Code::TooShort, PASSCODE_CHARACTERS_LEAST),
        PASSCODE_CHARACTERS_LEAST..=PASSCODE_CHARACTERS_MOST => {
            return passwords::hashed(tx, passcode).map(Some);
        }
        _ => (Code::TooLong, PASSCODE_CHARACTERS_MOST),
    };
    Err(Refusal::new(code).at("passcode").with("expected", expected).into())
}

/// Checks the passcode of a link that may be used otherwise.
///
/// A wrong one is answered like a link that is none, and counts although it is refused: the link ends with the tenth.
/// Two attempts at once are counted one after the other, because both write the link's row.
pub fn check(tx: &mut Tx, grant: &Grant, link: &Link, passcode: Option<&Password>) -> Run<()> {
    let Some(kept) = &link.passcode else { return Ok(()) };
    let Some(passcode) = passcode else {
        return Err(Refusal::new(Code::FieldMissing).at("passcode").into());
    };
    if passwords::verified(tx, passcode, kept)? {
        return Ok(());
    }
    let mut link = link.clone();
    link.wrong_passcodes = link.wrong_passcodes.saturating_add(1);
    if link.wrong_passcodes >= WRONG_PASSCODES_MOST {
        link.ended = Some(LinkEnd { at: tx.now(), reason: EndReason::Guessed });
    }
    tx.put(grant, &link)?;
    Err(Stop::Counted(Refusal::new(Code::LinkInvalid).at("token")))
}
