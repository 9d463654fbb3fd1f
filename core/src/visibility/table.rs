//! Tables of fields: every view for people outside the agency lists each of its fields with the law over it. What does
//! not stand in a table is not shown: a test holds views and tables equal.

use super::laws::Law;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A value.
    Value,
    /// A thing with fields of its own, or none.
    One(&'static Table),
    /// A list of such things.
    Many(&'static Table),
}

/// A field and the law over it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub law: Law,
    pub holds: Holds,
}

/// The fields of one type of the catalog.
#[derive(Debug)]
pub struct Table {
    /// As the catalog names the type.
    pub schema: &'static str,
    pub fields: &'static [Field],
}

impl Table {
    /// Every field with its path, such as `team[].name`, those inside after the one that holds them.
    pub fn paths(&self) -> Vec<(String, Law)> {
        let mut found = Vec::new();
        self.collect("", &mut found);
        found
    }

    fn collect(&self, before: &str, found: &mut Vec<(String, Law)>) {
        for field in self.fields {
            let path = format!("{before}{}", field.name);
            found.push((path.clone(), field.law));
            match field.holds {
                Holds::Value => {}
                Holds::One(table) => table.collect(&format!("{path}."), found),
                Holds::Many(table) => table.collect(&format!("{path}[]."), found),
            }
        }
    }
}

/// `table! { NAME "SchemaName" { Law: field, thing one TABLE, things many TABLE; Law: ... } }`
macro_rules! table {
    ($($(#[$doc:meta])* $name:ident $schema:literal {
        $($law:ident: $($field:ident $($holds:ident $inner:ident)?),+;)+
    })+) => {$(
        $(#[$doc])*
        pub static $name: $crate::visibility::Table = $crate::visibility::Table {
            schema: $schema,
            fields: &[$($($crate::visibility::Field {
                name: stringify!($field),
                law: $crate::visibility::Law::$law,
                holds: $crate::visibility::table!(@holds $($holds $inner)?),
            },)+)+],
        };
    )+};
    (@holds) => { $crate::visibility::Holds::Value };
    (@holds one $inner:ident) => { $crate::visibility::Holds::One(&$inner) };
    (@holds many $inner:ident) => { $crate::visibility::Holds::Many(&$inner) };
}
pub(crate) use table;
