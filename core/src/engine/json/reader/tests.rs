//! What is read here reads as `serde_json` reads it; what we write is read here.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::read;
use crate::engine::json::{write, write_sparse};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Plain {
    Unit,
    Newtype(i64),
    Tuple(u8, String),
    Struct { text: String, none: Option<u8> },
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
enum Tagged {
    Member { role: Plain, name: String },
    Guest,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of")]
enum Beside {
    None,
    Some(Vec<u8>),
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Wrapped(String);

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Pair(i8, char);

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    texts: Vec<String>,
    te: Option<bool>,
    #[serde(rename = "text")]
    renamed: Option<Wrapped>,
    plain: Vec<Plain>,
    #[serde(default)]
    tagged: Vec<Tagged>,
    #[serde(skip)]
    skipped: u8,
    beside: Beside,
    map: BTreeMap<String, Option<Pair>>,
    numbers: (i64, u64, f64, u16),
    inner: Option<Box<Self>>,
    last: Option<Open>,
}

/// One that takes fields which it does not know, in any order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Open {
    first: Option<u8>,
    #[serde(flatten)]
    rest: BTreeMap<String, u32>,
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,20}", ".{0,12}", "[\"\\\\\n\u{1}a-c]{0,9}", Just("é\u{1f600}\u{2028}".to_owned())]
}

fn plain() -> impl Strategy<Value = Plain> {
    prop_oneof![
        Just(Plain::Unit),
        any::<i64>().prop_map(Plain::Newtype),
        (any::<u8>(), texts()).prop_map(|(number, text)| Plain::Tuple(number, text)),
        (texts(), any::<Option<u8>>()).prop_map(|(text, none)| Plain::Struct { text, none }),
    ]
}

fn tagged() -> impl Strategy<Value = Tagged> {
    let member = (plain(), texts()).prop_map(|(role, name)| Tagged::Member { role, name });
    prop_oneof![member, Just(Tagged::Guest)]
}

fn open() -> impl Strategy<Value = Open> {
    let rest = prop::collection::btree_map("[g-z]{1,3}", any::<u32>(), 0..3);
    (any::<Option<u8>>(), rest).prop_map(|(first, rest)| Open { first, rest })
}

fn flat() -> impl Strategy<Value = All> {
    let lists = (
        prop::collection::vec(texts(), 0..4),
        prop::collection::vec(plain(), 0..3),
        prop::collection::vec(tagged(), 0..3),
        prop::collection::btree_map(texts(), prop::option::of((any::<i8>(), any::<char>())), 0..3),
    );
    // The other reader takes a fraction of many digits for one beside it.
    let quarters = any::<i32>().prop_map(|quarters| f64::from(quarters) / 4.0);
    let numbers = (any::<i64>(), any::<u64>(), quarters, any::<u16>());
    let beside =
        prop_oneof![Just(Beside::None), prop::collection::vec(any::<u8>(), 0..3).prop_map(Beside::Some)];
    let options =
        (any::<Option<bool>>(), prop::option::of(texts().prop_map(Wrapped)), prop::option::of(open()));
    (lists, numbers, beside, options).prop_map(|(lists, numbers, beside, (te, renamed, last))| {
        let (texts, plain, tagged, map) = lists;
        let map = map.into_iter().map(|(key, pair)| (key, pair.map(|(one, two)| Pair(one, two)))).collect();
        All { texts, te, renamed, plain, tagged, skipped: 0, beside, map, numbers, inner: None, last }
    })
}

fn all() -> impl Strategy<Value = All> {
    (flat(), prop::option::of(flat())).prop_map(|(outer, inner)| All { inner: inner.map(Box::new), ..outer })
}

/// If it is read at all, it is what `serde_json` reads.
fn agrees<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) -> Result<(), TestCaseError> {
    if let Some(value) = read::<T>(text) {
        let other = serde_json::from_str::<T>(text);
        prop_assert!(other.as_ref().is_ok_and(|other| *other == value), "{text}: {value:?}, {other:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 2_000 } else { 20_000 }))]

    #[test]
    fn what_is_written_is_read(all in all()) {
        for text in [write(&all, 0).unwrap(), write_sparse(&all).unwrap()] {
            // A key with an escape is the other reader's.
            let unusual = all.map.keys().chain(all.inner.iter().flat_map(|inner| inner.map.keys()));
            let unusual = unusual.filter(|key| key.contains(|c| c < ' ' || c == '"' || c == '\\')).count() > 0;
            match read::<All>(&text) {
                Some(value) => prop_assert_eq!(&value, &all),
                None => prop_assert!(unusual, "{}", text),
            }
            agrees::<serde_json::Value>(&text)?;
        }
        // With spaces and with its keys in the order of the alphabet, as a database may give it back.
        let value = serde_json::to_value(&all).unwrap();
        agrees::<All>(&serde_json::to_string_pretty(&value).unwrap())?;
    }

    /// A text that was changed in one place is still no other value.
    #[test]
    fn what_is_damaged_is_never_another_value(
        all in all(),
        place in any::<prop::sample::Index>(),
        piece in prop_oneof![
            "[\\[\\]{}:,\"0-9a-z\\\\ .+-]{0,2}",
            Just("null".to_owned()), Just(",".to_owned()), Just("\u{0}".to_owned()), Just("é".to_owned()),
        ],
        taken in 0_usize..3,
    ) {
        let text = write_sparse(&all).unwrap();
        let characters: Vec<char> = text.chars().collect();
        let at = place.index(characters.len());
        let changed: String = characters[..at]
            .iter().copied().chain(piece.chars()).chain(characters[(at + taken).min(characters.len())..].iter().copied())
            .collect();
        agrees::<All>(&changed)?;
        agrees::<serde_json::Value>(&changed)?;
        agrees::<Open>(&changed)?;
    }
}

#[test]
fn what_is_not_json_is_not_read() {
    for text in [
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "nul",
        "truee",
        "\"",
        "\"\\",
        "\"\\\"",
        "\"\\x\"",
        "\"\n\"",
        "[] []",
        "\u{feff}[]",
        "'a'",
        "NaN",
    ] {
        assert!(read::<serde_json::Value>(text).is_none(), "{text}");
    }
}

#[test]
fn a_list_is_no_struct_and_a_field_stands_once() {
    assert!(read::<Open>("[1]").is_none());
    assert_eq!(read::<Open>(r#"{"first":1}"#).unwrap().first, Some(1));
    assert!(read::<Plain>(r#"{"struct":{"text":"a","text":"b"}}"#).is_none());
    assert!(read::<Plain>(r#"{"struct":["a",null]}"#).is_none());
    assert!(read::<Plain>(r#"{"unit":null,"newtype":1}"#).is_none());
    assert!(read::<Pair>(r#"[1,"a",2]"#).is_none());
    assert!(read::<Pair>("[1]").is_none());
}

#[test]
fn what_is_nested_too_deeply_is_left_to_the_other_reader() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read::<serde_json::Value>(&nested(64)).is_some());
    assert!(read::<serde_json::Value>(&nested(65)).is_none());
    assert!(read::<serde_json::Value>(&nested(1_000_000)).is_none());
}
