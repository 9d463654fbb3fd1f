//! Each shape that serde knows, against `serde_json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{write, write_sparse};
use crate::engine::samples::{Pair, Plain, Tagged, Unit, Wrapped};

#[derive(Serialize)]
struct All {
    texts: Vec<String>,
    numbers: (i64, u64, i16, u16, i32, f64, f32),
    flags: [bool; 2],
    plain: Vec<Plain>,
    tagged: Vec<Tagged>,
    #[serde(flatten)]
    flat: Tagged,
    map: BTreeMap<String, Option<Pair>>,
    nothing: BTreeMap<String, u8>,
    empty: Vec<u8>,
    wrapped: Wrapped,
    unit: Unit,
    #[serde(rename = "a \"key\"")]
    key: (),
}

#[test]
fn every_shape_reads_as_serde_json_writes_it() {
    let texts =
        ["", "plain", "\"quoted\"", "back\\slash", "line\nfeed\u{0}\u{1f}", "Zoë \u{1f600} \u{7f}\u{2028}"];
    let all = All {
        texts: texts.map(str::to_owned).to_vec(),
        numbers: (i64::MIN, u64::MAX, -1, 10, 0, 1.5, -0.25),
        flags: [true, false],
        plain: vec![
            Plain::Unit,
            Plain::Newtype(7),
            Plain::Tuple(255, "x\ty".to_owned()),
            Plain::Struct { text: "é".to_owned(), none: None },
        ],
        tagged: vec![Tagged::Guest, Tagged::Member { role: Plain::Unit }],
        flat: Tagged::Member { role: Plain::Newtype(100) },
        map: BTreeMap::from([("a".to_owned(), Some(Pair(-128, '"'))), ("b\"".to_owned(), None)]),
        nothing: BTreeMap::new(),
        empty: Vec::new(),
        wrapped: Wrapped("w".to_owned()),
        unit: Unit,
        key: (),
    };
    assert_eq!(write(&all, 0).unwrap(), serde_json::to_string(&all).unwrap());
}

#[test]
fn texts_that_are_put_together_are_escaped_too() {
    struct Shown(&'static str);
    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self.0)
        }
    }
    for shown in ["", "2026-10-24", "a\"b", "\u{1}"] {
        assert_eq!(write(&Shown(shown), 0).unwrap(), serde_json::to_string(shown).unwrap());
    }
}

#[test]
fn a_key_that_is_no_text_is_refused() {
    assert!(write(&BTreeMap::from([(vec![1], 1)]), 0).is_err());
}

#[test]
fn every_byte_at_every_place_is_escaped_as_serde_json_does() {
    for byte in 0..128_u8 {
        for length in 1..20 {
            for at in 0..length {
                let mut text = "z".repeat(length);
                text.replace_range(at..=at, &char::from(byte).to_string());
                assert_eq!(write(&text, 0).unwrap(), serde_json::to_string(&text).unwrap());
            }
        }
    }
    for text in ["é", "aé\"", "ÿÿÿÿ", "\u{80}\u{9f}\u{a0}abc", "日本語\\"] {
        assert_eq!(write(&text, 0).unwrap(), serde_json::to_string(&text).unwrap());
    }
}

#[test]
fn what_is_kept_says_only_what_is_there() {
    #[derive(Serialize)]
    struct Kept {
        first: Option<u8>,
        name: &'static str,
        none: Option<u8>,
        plain: Vec<Plain>,
        map: BTreeMap<&'static str, Option<u8>>,
        list: [Option<u8>; 2],
        last: Option<u8>,
    }
    let kept = Kept {
        first: None,
        name: "null",
        none: None,
        plain: vec![Plain::Struct { text: ":null".to_owned(), none: None }, Plain::Newtype(0)],
        map: [("null", None)].into(),
        list: [None, Some(0)],
        last: None,
    };
    let expected = concat!(
        r#"{"name":"null","plain":[{"struct":{"text":":null"}},{"newtype":0}],"#,
        r#""map":{"null":null},"list":[null,0]}"#,
    );
    assert_eq!(write_sparse(&kept).unwrap(), expected);
    let nothing = Plain::Struct { text: String::new(), none: None };
    assert_eq!(write_sparse(&nothing).unwrap(), r#"{"struct":{"text":""}}"#);
}
