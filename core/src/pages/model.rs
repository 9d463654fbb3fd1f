//! A page as it is kept: its audiences, its languages, its place in the order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{Locale, PageId, SafeHtml, Slug, Text};

/// Whom a page is for. A page may be for both, or, while it is written, for nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageAudience {
    /// People at clients.
    pub client: bool,
    /// The agency's members, and its workers where the host shows them what `staff_pages` answers.
    pub staff: bool,
}

/// The page in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PageText {
    pub title: Text<200>,
    pub body: SafeHtml,
}

/// The page in each language that it is written in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PageTexts {
    pub en: Option<PageText>,
    pub fr: Option<PageText>,
}

impl PageTexts {
    pub const fn get(&self, locale: Locale) -> Option<&PageText> {
        match locale {
            Locale::En => self.en.as_ref(),
            Locale::Fr => self.fr.as_ref(),
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.en.is_none() && self.fr.is_none()
    }
}

/// A content page. Its slug is a claim, so that two pages never have the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContentPage {
    pub id: PageId,
    pub slug: Slug,
    pub audience: PageAudience,
    /// Lists show lower numbers first.
    pub position: u32,
    /// A draft is seen by those who write pages alone.
    pub published: bool,
    pub texts: PageTexts,
    pub revision: u32,
}

/// The space of claims in which slugs are unique.
pub const SLUG: &str = "page_slug";

pub static PAGE: Kind = Kind {
    name: "page",
    columns: &[Column::text("for_client"), Column::text("for_staff"), Column::integer("position")],
    indexes: &[
        IndexSpec { name: "by_position", columns: &["position"] },
        // These have a value only for published pages with the tick: a list goes by them.
        IndexSpec { name: "for_client", columns: &["for_client", "position"] },
        IndexSpec { name: "for_staff", columns: &["for_staff", "position"] },
    ],
};

impl Record for ContentPage {
    const KIND: &'static Kind = &PAGE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let mut columns = vec![("position", i64::from(self.position).into())];
        if self.published && self.audience.client {
            columns.push(("for_client", "yes".into()));
        }
        if self.published && self.audience.staff {
            columns.push(("for_staff", "yes".into()));
        }
        columns
    }
}
