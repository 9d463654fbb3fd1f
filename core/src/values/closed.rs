//! Closed lists of names: the states of things, and what can be done to them.

/// An enum whose variants are known by one name each, in JSON, in refusals and in the documentation.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$variant,)+];

            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}
pub(crate) use closed_list;
