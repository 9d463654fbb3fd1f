//! How things are called and commented in TypeScript.

use crate::model::pascal;

/// `switch_portal` as `switchPortal`: groups and verbs. Fields keep the name that they have on the wire.
pub(super) fn camel(text: &str) -> String {
    let pascal = pascal(text);
    let mut letters = pascal.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `price_lists` as `price-lists`: the file of a group.
pub(super) fn module(group: &str) -> String {
    group.replace('_', "-")
}

/// The class of a group.
pub(super) fn class(group: &str) -> String {
    format!("{}Group", pascal(group))
}

/// The interface of an operation's input.
pub(super) fn input(group: &str, verb: &str) -> String {
    format!("{}{}Input", pascal(group), pascal(verb))
}

/// A key of an object type: quoted if it is not a plain name.
pub(super) fn key(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain { name.to_owned() } else { text(name) }
}

/// A text in single quotes.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A comment for editors, or nothing.
pub(super) fn comment(doc: Option<&str>, indent: &str) -> String {
    let Some(doc) = doc.map(str::trim).filter(|doc| !doc.is_empty()) else { return String::new() };
    let doc = doc.replace("*/", "* /");
    let lines: Vec<&str> = doc.lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let lines = lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n");
            format!("{indent}/**\n{}{indent} */\n", lines.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, comment, key, text};

    #[test]
    fn names_are_written_as_typescript_writes_them() {
        assert_eq!(camel("switch_portal"), "switchPortal");
        assert_eq!(camel("submit"), "submit");
        assert_eq!(key("starts_at"), "starts_at");
        assert_eq!(key("4-eyes"), "'4-eyes'");
        assert_eq!(text("it's"), r"'it\'s'");
    }

    #[test]
    fn a_comment_cannot_end_early() {
        assert_eq!(comment(Some("a */ b"), ""), "/** a * / b */\n");
        assert_eq!(comment(Some("a\n\nb"), "  "), "  /**\n   * a\n   *\n   * b\n   */\n");
        assert_eq!(comment(None, ""), "");
    }
}
