//! HTML that was made safe: by a kept sanitiser, never by our own patterns.

use std::borrow::Cow;
use std::fmt;

use ammonia::{Builder, UrlRelative};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Fault, FaultCode, Text};

/// The longest that is taken in, in characters; cleaned, it can be longer, as `&` becomes `&amp;`.
pub const LONGEST_HTML: usize = 20_000;
/// Deeper nesting than this is nobody's text, and costs time in every browser.
const MOST_OPEN: usize = 1_000;

const TAGS: [&str; 30] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];
const LISTS: [&str; 1] = ["ul"];
/// Their text goes with them: it is no text for people.
const WITH_CONTENT: [&str; 6] = ["script", "style", "svg", "math", "template", "noscript"];
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Text with the marks of an ordinary page and with links: no scripts, styles, pictures, frames, forms, events.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// What is left when everything is taken out that is not on the list.
    pub fn clean(text: &Text<LONGEST_HTML>) -> Result<Self, Fault> {
        // Each element that is open costs the parser a place, so what cannot be a page is refused before.
        if text.as_str().bytes().filter(|byte| *byte == b'<').count() > MOST_OPEN {
            return Err(Fault::new(FaultCode::TooMany, "1000 tags"));
        }
        let mut builder = Builder::empty();
        builder
            .tags(TAGS.into_iter().chain(LISTS).collect())
            .clean_content_tags(WITH_CONTENT.into_iter().collect())
            .tag_attributes([("a", ["href", "title"].into_iter().collect())].into_iter().collect())
            .url_schemes(SCHEMES.into_iter().collect())
            .url_relative(UrlRelative::Deny)
            .link_rel(Some("noopener noreferrer nofollow"))
            .strip_comments(true);
        Ok(Self(builder.clean(text.as_str()).to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for SafeHtml {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SafeHtml".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "html" })
    }
}

#[cfg(test)]
mod tests {
    use super::SafeHtml;
    use crate::values::Text;

    fn clean(text: &str) -> String {
        SafeHtml::clean(&Text::parse(text).unwrap()).unwrap().to_string()
    }

    #[test]
    fn a10_an_ordinary_page_stays_as_it_is() {
        let page = "<h1>Arrival</h1><p>Use the <strong>back</strong> door.</p><ul><li>Badge</li></ul>";
        assert_eq!(clean(page), page);
        assert_eq!(clean("Salt & pepper < 5"), "Salt &amp; pepper &lt; 5");
    }

    #[test]
    fn a10_what_runs_or_loads_is_taken_out() {
        for (text, left) in [
            ("<script>alert(1)</script>Hi", "Hi"),
            ("<p onclick=\"alert(1)\">Hi</p>", "<p>Hi</p>"),
            ("<img src=x onerror=alert(1)>Hi", "Hi"),
            ("<svg onload=alert(1)><script>x</script></svg>Hi", "Hi"),
            ("<style>p { display: none }</style>Hi", "Hi"),
            ("<p style=\"background: url(https://evil.example)\">Hi</p>", "<p>Hi</p>"),
            ("<iframe src=https://evil.example></iframe>Hi", "Hi"),
            ("<form action=https://evil.example><input></form>Hi", "Hi"),
            ("<base href=https://evil.example>Hi", "Hi"),
            ("<meta http-equiv=refresh content=0>Hi", "Hi"),
            ("<p class=x id=y data-z=1>Hi</p>", "<p>Hi</p>"),
            ("<!-- a comment -->Hi", "Hi"),
            ("<math><mtext><script>alert(1)</script></mtext></math>Hi", "Hi"),
        ] {
            assert_eq!(clean(text), left, "{text}");
        }
    }

    #[test]
    fn a10_links_lead_to_pages_mail_and_phones_only() {
        let rel = "rel=\"noopener noreferrer nofollow\"";
        for good in ["https://a.example/x", "http://a.example", "mailto:a@a.example", "tel:+4930"] {
            assert_eq!(
                clean(&format!("<a href=\"{good}\">x</a>")),
                format!("<a href=\"{good}\" {rel}>x</a>")
            );
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#x73;cript:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/join",
        ] {
            let cleaned = clean(&format!("<a href=\"{bad}\">x</a>"));
            assert_eq!(cleaned, format!("<a {rel}>x</a>"), "{bad}");
        }
    }

    #[test]
    fn a10_cleaning_again_changes_nothing() {
        for text in [
            "<p><b>a</i></p><div",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<a href=\"https://a.example?x=1&y=2\">&amp;lt;</a>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
        ] {
            let once = clean(text);
            assert!(!once.contains("<script") && !once.contains("<img"), "{once}");
            assert_eq!(clean(&once), once, "{text}");
        }
    }

    #[test]
    fn a10_more_tags_than_a_page_has_are_refused() {
        let deep = |tags: usize| Text::parse(&"<b>".repeat(tags)).unwrap();
        assert!(SafeHtml::clean(&deep(1_000)).is_ok());
        assert!(SafeHtml::clean(&deep(1_001)).is_err());
    }
}
