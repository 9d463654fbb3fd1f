//! The fields of the portal's looks as a client's people are given them, each with the law over it.

use crate::visibility::table;

table! {
    LOGO "Picture" {
        Listed: reference, media_type;
    }
    COLOURS "Colours" {
        Listed: primary, accent, background, text;
    }
    LOOK "LookView" {
        Listed: logo one LOGO, header, footer, colours one COLOURS;
    }
    MY_BRAND "MyBrandView" {
        Listed: look one LOOK;
    }
}
