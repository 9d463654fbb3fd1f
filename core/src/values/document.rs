//! Names and types of documents that people outside the agency save on machines of their own.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Fault, FaultCode, FileName};

const LONGEST: usize = 120;

/// A document's file name that every system can save: 1 to 120 characters, no path, no control character, no leading
/// dot, and no name that a system keeps for its devices.
///
/// What looks like a slash to a reader, or becomes one where names are folded, is a path too.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct DocumentName(String);

impl DocumentName {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(Fault::new(FaultCode::TooLong, LONGEST));
        }
        let plain = FileName::parse(text)?;
        let folded: String = text.nfkc().collect();
        let has_mark =
            folded.contains(['/', '\\', ':', '<', '>', '"', '|', '?', '*', '\u{2044}', '\u{2215}']);
        if has_mark || text.starts_with('.') || is_device(&folded) {
            return Err(Fault::new(FaultCode::Malformed, "a file name without a path, such as cv.pdf"));
        }
        Ok(Self(plain.as_str().to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it ends as files of this type do: `cv.pdf.exe` is no PDF.
    pub fn fits(&self, media_type: DocumentType) -> bool {
        self.0.rsplit_once('.').is_some_and(|(_, ending)| {
            media_type.endings().iter().any(|known| ending.eq_ignore_ascii_case(known))
        })
    }
}

/// Names that Windows keeps for devices, with whatever ending.
fn is_device(name: &str) -> bool {
    const PLAIN: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    PLAIN.contains(&stem.as_str()) || is_port("COM") || is_port("LPT")
}

impl fmt::Display for DocumentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DocumentName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::values::reading::parsed(deserializer, Self::parse)
    }
}

impl JsonSchema for DocumentName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DocumentName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}

/// What kind of file a document is. No HTML and no SVG, which can carry scripts; no archives, which hide what they hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub enum DocumentType {
    #[serde(rename = "application/pdf")]
    Pdf,
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    #[serde(rename = "application/vnd.oasis.opendocument.text")]
    Odt,
    #[serde(rename = "text/plain")]
    Txt,
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/jpeg")]
    Jpeg,
}

impl DocumentType {
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Odt, Self::Txt, Self::Png, Self::Jpeg];

    /// How names of such files end, the usual way first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Odt => &["odt"],
            Self::Txt => &["txt"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
        }
    }

    /// The usual ending.
    pub const fn ending(self) -> &'static str {
        match self.endings() {
            [first, ..] => first,
            [] => "",
        }
    }

    /// Whether a browser shows it by itself, without running anything in it.
    pub const fn opens_in_place(self) -> bool {
        match self {
            Self::Pdf | Self::Txt | Self::Png | Self::Jpeg => true,
            Self::Docx | Self::Odt => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DocumentName, DocumentType};
    use crate::values::FaultCode;

    #[test]
    fn e2_a_documents_name_is_no_path_and_no_device() {
        for good in ["cv.pdf", "Lebenslauf Müller (2026).PDF", "a", "console.txt", "com10.txt", "履歴書.docx"]
        {
            assert_eq!(DocumentName::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "../cv.pdf",
            "cv/..",
            "a\\b.pdf",
            "C:cv.pdf",
            "..",
            ".cv.pdf",
            "cv.pdf.",
            " cv.pdf",
            "cv\n.pdf",
            "a\u{ff0f}b.pdf",
            "a\u{2215}b.pdf",
            "cv?.pdf",
            "cv|x.pdf",
            "<b>.pdf",
            "con",
            "NUL.pdf",
            "Com1.docx",
            "lpt\u{b9}.txt",
            "aux .pdf",
        ] {
            assert_eq!(DocumentName::parse(bad).unwrap_err().code, FaultCode::Malformed, "{bad:?}");
        }
        let code = |text: &str| DocumentName::parse(text).unwrap_err().code;
        assert_eq!(code("cv\u{7}.pdf"), FaultCode::ControlCharacter);
        assert_eq!(code("cv\u{202e}fdp.exe"), FaultCode::ControlCharacter);
        assert_eq!(code(&"a".repeat(121)), FaultCode::TooLong);
        assert_eq!(code(""), FaultCode::TooShort);
        assert!(DocumentName::parse(&"ä".repeat(120)).is_ok());
    }

    #[test]
    fn e2_a_name_ends_as_its_type_does() {
        let fits = |name: &str, media_type| DocumentName::parse(name).unwrap().fits(media_type);
        assert!(fits("cv.pdf", DocumentType::Pdf) && fits("cv.v2.PDF", DocumentType::Pdf));
        assert!(fits("me.jpeg", DocumentType::Jpeg) && fits("me.jpg", DocumentType::Jpeg));
        assert!(!fits("cv.pdf.exe", DocumentType::Pdf) && !fits("cv", DocumentType::Pdf));
        assert!(!fits("cv.pdf", DocumentType::Png) && !fits("pdf", DocumentType::Pdf));
        for media_type in DocumentType::ALL {
            assert!(fits(&format!("cv.{}", media_type.ending()), media_type));
        }
    }

    #[test]
    fn e2_what_can_carry_scripts_is_no_document() {
        for bad in ["text/html", "image/svg+xml", "application/zip", "application/x-msdownload", "PDF", ""] {
            assert!(serde_json::from_value::<DocumentType>(bad.into()).is_err(), "{bad}");
        }
        let types = DocumentType::ALL.map(|one| serde_json::to_value(one).unwrap());
        assert_eq!(types[0], "application/pdf");
        assert_eq!(types[5], "image/jpeg");
    }
}
