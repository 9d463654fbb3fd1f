//! The fields of a content page as it is read, each with the law over it.

use crate::visibility::table;

table! {
    READ_PAGE "ReadPageView" {
        Listed: slug, locale, title, body;
    }
}
