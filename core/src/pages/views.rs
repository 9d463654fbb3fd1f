//! A page as those see it who write it, and as it is read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{ContentPage, PageAudience, PageText};
use super::rules;
use crate::access::Grant;
use crate::values::{Locale, PageId, SafeHtml, Slug, Text};

/// The page in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PageTextView {
    pub title: Text<200>,
    /// Safe to put into a page as it is.
    pub body: SafeHtml,
}

/// A page with everything that those who write it need.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContentPageView {
    pub id: PageId,
    pub slug: Slug,
    pub audience: PageAudience,
    pub position: u32,
    pub published: bool,
    pub en: Option<PageTextView>,
    pub fr: Option<PageTextView>,
    /// Rises with each edit.
    pub revision: u32,
}

/// A page as it is read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadPageView {
    pub slug: Slug,
    /// The language that it is in: the reader's, if it is written in that.
    pub locale: Locale,
    pub title: Text<200>,
    /// Safe to put into a page as it is.
    pub body: SafeHtml,
}

pub fn page(_: &Grant, page: ContentPage) -> ContentPageView {
    let text = |text: PageText| PageTextView { title: text.title, body: text.body };
    ContentPageView {
        id: page.id,
        slug: page.slug,
        audience: page.audience,
        position: page.position,
        published: page.published,
        en: page.texts.en.map(text),
        fr: page.texts.fr.map(text),
        revision: page.revision,
    }
}

/// None if it is written in no language; such a page is not published.
pub fn read(_: &Grant, page: &ContentPage, locale: Locale) -> Option<ReadPageView> {
    let (locale, text) = rules::text(&page.texts, locale)?;
    let (title, body) = (text.title.clone(), text.body.clone());
    Some(ReadPageView { slug: page.slug.clone(), locale, title, body })
}
