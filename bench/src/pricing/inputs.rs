//! Reads the vectors in `tests/vectors`: the cases that must come out right, and the 4,000 demands that are measured.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde::Deserialize;

type Failure = Box<dyn std::error::Error>;

/// One demand with the figures of its price list.
#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    pub zone: String,
    pub start: String,
    pub end: String,
    pub headcount: i64,
    pub hourly_rate: String,
    pub night_percent: String,
    pub weekend_percent: String,
    pub holiday_percent: String,
    pub overtime_percent: String,
    pub vat_percent: String,
    pub overtime_after_minutes: i64,
    pub minimum_minutes: i64,
    pub rounding_minutes: i64,
    pub holidays: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct ExpectedLine {
    pub code: String,
    pub minutes: i64,
    pub unit_price: String,
    pub amount: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Case {
    pub id: String,
    pub input: Input,
    pub lines: Vec<ExpectedLine>,
    pub net: String,
    pub vat: String,
    pub gross: String,
}

/// `list` numbers the price lists, of which there are few.
#[derive(Clone, Debug, Deserialize)]
pub struct Measured {
    pub list: usize,
    #[serde(flatten)]
    pub input: Input,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Sums {
    pub net: String,
    pub vat: String,
    pub gross: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Demands {
    pub sums: Sums,
    pub inputs: Vec<Measured>,
}

/// # Errors
/// When the file is missing or has another form.
pub fn cases() -> Result<Vec<Case>, Failure> {
    #[derive(Deserialize)]
    struct Cases {
        cases: Vec<Case>,
    }
    let file = BufReader::new(File::open(vectors().join("reference_list.json"))?);
    Ok(serde_json::from_reader::<_, Cases>(file)?.cases)
}

/// # Errors
/// When the file is missing or has another form.
pub fn demands() -> Result<Demands, Failure> {
    let mut text = String::new();
    GzDecoder::new(File::open(vectors().join("reference_inputs.json.gz"))?).read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)?)
}

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}
