//! What is packed reads back as what JSON says of the same value, with the fields in the same order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    FALSE, FAR, FIRST_NUMBER, FIRST_TEXT, LIST, MAP, MASK, MOST_WORDS, NULL, NUMBER, OBJECT, Packed, Packer,
    TRUE, WIDE, Words,
};
use crate::engine::samples::{Pair, Plain, Tagged, Unit, Wrapped};

/// A reader of its own, as the one of another language has to be. Writes JSON, because maps of `serde_json` have their
/// own order.
struct Reader<'p> {
    texts: Vec<&'p str>,
    shapes: Vec<Vec<&'p str>>,
    row: std::slice::Iter<'p, u16>,
}

impl<'p> Reader<'p> {
    fn of(packed: &'p Packed, known: &[&'p str], words: &'p Words) -> Self {
        let unknown = packed.shapes().iter().map(AsRef::as_ref);
        Self {
            texts: words.each().chain(packed.texts().split_terminator('\0')).collect(),
            shapes: known
                .iter()
                .copied()
                .chain(unknown)
                .map(|one| one.split_terminator(',').collect())
                .collect(),
            row: packed.row().iter(),
        }
    }

    fn next(&mut self) -> u16 {
        let number = *self.row.next().unwrap();
        assert!(u32::from(number) <= MASK, "two characters of seven bits hold no {number}");
        number
    }

    fn long(&mut self) -> usize {
        usize::from(self.next()) | usize::from(self.next()) << 14
    }

    fn value(&mut self) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        match self.next() {
            NULL => "null".to_owned(),
            TRUE => "true".to_owned(),
            FALSE => "false".to_owned(),
            NUMBER => serde_json::from_str(&self.value()).unwrap(),
            LIST => {
                let items: Vec<String> = (0..self.long()).map(|_| self.value()).collect();
                format!("[{}]", items.join(","))
            }
            OBJECT => {
                let shape = usize::from(self.next());
                let fields = self.shapes[shape].clone();
                self.object(fields.into_iter().map(quoted))
            }
            MAP => {
                let size = self.long();
                let mut text = String::new();
                for _ in 0..size {
                    let key = self.value();
                    write!(text, ",{key}:{}", self.value()).unwrap();
                }
                format!("{{{}}}", text.trim_start_matches(','))
            }
            FAR => {
                let far = self.long();
                quoted(self.texts[far])
            }
            WIDE => self.long().to_string(),
            code if code >= FIRST_TEXT => quoted(self.texts[usize::from(code - FIRST_TEXT)]),
            code => (code - FIRST_NUMBER).to_string(),
        }
    }

    fn object(&mut self, names: impl Iterator<Item = String>) -> String {
        let fields: Vec<String> = names.map(|name| format!("{name}:{}", self.value())).collect();
        format!("{{{}}}", fields.join(","))
    }
}

fn read(packed: &Packed, known: &[&str]) -> String {
    read_beside(&Words::default(), packed, known)
}

fn read_beside(words: &Words, packed: &Packed, known: &[&str]) -> String {
    let mut reader = Reader::of(packed, known, words);
    let value = reader.value();
    assert_eq!(reader.row.next(), None, "nothing is left over");
    value
}

fn same(value: &impl Serialize) -> Packed {
    let packed = Packer::default().pack(value, 0).unwrap();
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(read(&packed, &[]), json);
    assert_eq!(packed.json().unwrap(), json);
    packed
}

#[derive(Serialize)]
struct Bare {}

#[derive(Serialize)]
struct All {
    numbers: (i64, u64, i16, u16, i32, f64, f32),
    around_the_bounds: [i64; 8],
    flags: [bool; 2],
    plain: Vec<Plain>,
    tagged: Vec<Tagged>,
    map: BTreeMap<String, Option<Pair>>,
    nothing: BTreeMap<String, u8>,
    empty: Vec<u8>,
    wrapped: Wrapped,
    unit: Unit,
    bare: Bare,
    no_number: f64,
}

#[test]
fn every_shape_reads_as_json_says() {
    let last = i64::from(FIRST_TEXT - FIRST_NUMBER);
    same(&All {
        numbers: (i64::MIN, u64::MAX, -1, 10, 0, 1.5, -0.25),
        around_the_bounds: [last - 1, last, 1 << 14, (1 << 28) - 1, 1 << 28, i64::MAX, -1, 0],
        flags: [true, false],
        plain: vec![
            Plain::Unit,
            Plain::Newtype(7),
            Plain::Tuple(1, "one".to_owned()),
            Plain::Struct { text: "one".to_owned(), none: None },
        ],
        tagged: vec![Tagged::Member { role: Plain::Unit }, Tagged::Guest],
        map: [("one".to_owned(), Some(Pair(-1, 'ß'))), ("two".to_owned(), None)].into(),
        nothing: BTreeMap::new(),
        empty: Vec::new(),
        wrapped: Wrapped("\"quoted\" \\ line\nfeed \u{1f600}".to_owned()),
        unit: Unit,
        bare: Bare {},
        no_number: f64::NAN,
    });
}

#[test]
fn a_text_stands_once_and_a_shape_too() {
    #[derive(Serialize)]
    struct Shift {
        skill: &'static str,
        site: String,
    }
    let shifts: Vec<Shift> =
        (0..100).map(|number| Shift { skill: "waiter", site: format!("site {}", number % 4) }).collect();
    let packed = same(&shifts);
    assert_eq!(shapes(&packed), ["skill,site"]);
    assert_eq!(packed.texts(), "waiter\0site 0\0site 1\0site 2\0site 3\0");
    // The list with its length, then of each object: that it is one, its shape, two texts.
    assert_eq!(packed.row().len(), 3 + 100 * 4);
}

#[test]
fn shapes_that_begin_alike_are_two() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Either {
        Short { id: u8 },
        Long { id: u8, name: u8 },
        Other { id: u8, mail: u8 },
    }
    let packed = same(&[
        Either::Long { id: 1, name: 2 },
        Either::Short { id: 3 },
        Either::Other { id: 4, mail: 5 },
        Either::Long { id: 6, name: 7 },
        Either::Short { id: 8 },
    ]);
    assert_eq!(shapes(&packed), ["id,name", "id", "id,mail"]);
}

#[test]
fn known_shapes_have_their_numbers_and_unknown_ones_come_behind() {
    #[derive(Serialize)]
    struct Site {
        name: &'static str,
    }
    #[derive(Serialize)]
    struct Shift {
        id: u8,
        site: Site,
    }
    let known = ["name", "other", "id,skill"];
    let knowing = Packer::new(known);
    let shift = |id| Shift { id, site: Site { name: "Ballroom" } };
    // The tree of shapes is kept; a shape that another value had is not among those of the next.
    for round in 0..3 {
        let packed = knowing.pack(&shift(round), 0).unwrap();
        assert_eq!(shapes(&packed), ["id,site"]);
        assert_eq!(packed.row(), [OBJECT, 3, FIRST_NUMBER + u16::from(round), OBJECT, 0, FIRST_TEXT]);
        assert_eq!(read(&packed, &known), serde_json::to_string(&shift(round)).unwrap());
        let other = knowing.pack(&Site { name: "Roof" }, 0).unwrap();
        assert_eq!((shapes(&other).len(), read(&other, &known).as_str()), (0, r#"{"name":"Roof"}"#));
    }
}

#[test]
fn what_is_among_the_words_is_not_told() {
    let long = "a".repeat(65);
    let words = Words::new(["base", "hour", "base", "", &long, "with\0end", "Küche"]);
    assert_eq!(
        words.each().collect::<Vec<_>>(),
        ["base", "hour", "", "Küche"],
        "each once, none that is long"
    );
    let value = ["hour", "1683.66", "", "Küche", &long, "1683.66", "hours"];
    let packed = Packer::default().pack_beside(&words, &value, 0).unwrap();
    assert_eq!(packed.texts(), format!("1683.66\0{long}\0hours\0"));
    assert_eq!(packed.row()[3..], [1, 4, 2, 3, 5, 4, 6].map(|place| FIRST_TEXT + place));
    assert_eq!(read_beside(&words, &packed, &[]), serde_json::to_string(&value).unwrap());
    assert_eq!(packed.json(), None, "only who has the words can spell it out");
    let many: Vec<String> = (0..2 * MOST_WORDS).map(|number| format!("word {number}")).collect();
    assert_eq!(Words::new(many.iter().map(String::as_str)).each().count(), MOST_WORDS);
}

fn shapes(packed: &Packed) -> Vec<&str> {
    packed.shapes().iter().map(AsRef::as_ref).collect()
}

#[test]
fn more_texts_than_a_number_says_are_found_far_away() {
    let texts: Vec<String> = (0..40_000).map(|number| format!("text {number}")).collect();
    let packed = same(&texts);
    assert!(packed.row().contains(&FAR));
    assert_eq!(packed.texts().split_terminator('\0').count(), texts.len());
}

#[test]
fn what_cannot_be_said_is_refused() {
    #[derive(Serialize)]
    struct Comma {
        #[serde(rename = "one, two")]
        field: u8,
    }
    let packer = Packer::default();
    for length in 1..200 {
        for at in 0..length {
            let mut text = vec![b'a'; length];
            text[at] = 0;
            assert!(packer.pack(std::str::from_utf8(&text).unwrap(), 0).is_err(), "{length}, {at}");
        }
    }
    assert!(packer.pack(&Comma { field: 1 }, 0).is_err());
    assert!(packer.pack(&BTreeMap::from([(1, 2)]), 0).is_err(), "a key is a text");
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..20_000).prop_map(Value::from),
        "[a-c]{0,3}|[^\u{0}]{0,80}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec(("[^\u{0}]{0,4}", inner), 0..8)
                .prop_map(|fields| json!(Map::from_iter(fields))),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_reads_as_json_says(value in any_value(), room in 0_usize..100_000) {
        let packed = Packer::default().pack(&value, room).unwrap();
        let json = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(read(&packed, &[]), &*json);
        prop_assert_eq!(packed.json().unwrap(), json);
    }

    #[test]
    fn any_value_reads_as_json_says_beside_any_words(
        value in any_value(),
        words in prop::collection::vec("[a-c]{0,3}|-?[0-9]{1,5}|.{0,70}", 0..40),
    ) {
        let words = Words::new(words.iter().map(String::as_str));
        let packed = Packer::default().pack_beside(&words, &value, 0).unwrap();
        prop_assert_eq!(read_beside(&words, &packed, &[]), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn a_row_that_nobody_packed_is_read_without_a_panic(
        row in prop::collection::vec(prop_oneof![0_u16..20, 4090_u16..4100, 0_u16..=u16::MAX], 0..64),
        count in 0_usize..8,
    ) {
        let packed = Packed { words: 0, texts: "one\0two\0".to_owned(), shapes: vec!["a,b".to_owned(), String::new()], row };
        let _ = packed.json();
        let mut tokens = packed.tokens();
        while tokens.next().is_some() {
            tokens.skip_single(tokens.single(count).map_or(0, <[u16]>::len));
        }
    }
}
