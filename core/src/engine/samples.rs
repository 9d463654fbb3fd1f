//! The shapes that serde knows, for the tests of what writes them.

use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Plain {
    Unit,
    Newtype(u32),
    Tuple(u8, String),
    Struct { text: String, none: Option<u8> },
}

#[derive(Serialize)]
#[serde(tag = "side", rename_all = "snake_case")]
pub(super) enum Tagged {
    Member { role: Plain },
    Guest,
}

#[derive(Serialize)]
pub(super) struct Pair(pub i8, pub char);

#[derive(Serialize)]
pub(super) struct Wrapped(pub String);

#[derive(Serialize)]
pub(super) struct Unit;
