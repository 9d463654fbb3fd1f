//! The fields of what the holder of a link and the reader of a public page see, each with the law over it.

use crate::visibility::table;

table! {
    SHARED_SHIFT "SharedShiftView" {
        Listed: starts_at, ends_at, local_start, local_end, zone, headcount, confirmed, fill;
    }
    SHARED_PROJECT "SharedProjectView" {
        Listed: name, shifts many SHARED_SHIFT, expires_at, noindex;
    }
    PUBLIC_POSITION "PublicPositionView" {
        Listed: skill_name, role, headcount;
    }
    PUBLIC_SHIFT "PublicShiftView" {
        Listed: starts_at, ends_at, local_start, local_end, zone, positions many PUBLIC_POSITION, fill;
        PublicNames: names;
    }
    PUBLIC_PAGE "PublicPageView" {
        Listed: name, shifts many PUBLIC_SHIFT, noindex;
    }
}
