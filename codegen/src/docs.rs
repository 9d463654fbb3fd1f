//! Documentation for people that is made from data of the core.

use std::fmt::Write as _;

use staffgate::decisions::tables::{VIEWS, View};
use staffgate::values::Locale;
use staffgate::visibility::{Audience, Law};

use crate::files::{File, NOTICE};

pub fn files() -> Vec<File> {
    vec![File { path: "docs/visibility.md".to_owned(), content: visibility() }]
}

/// Every field for people outside the agency, with the law over it.
fn visibility() -> String {
    let mut text = format!("<!-- {NOTICE} -->\n\n# Who sees what\n\n");
    text.push_str(
        "Every field of every view for people outside the agency, with the law over it. What does not stand here is not\n\
         shown. A thing is seen at all by those of its client who reach it and hold the permission named, while its project\n\
         is shared; a law asks for the rest.\n\n## Laws\n\n",
    );
    text.push_str("| law | permissions | option of sharing | state | time | in words | en français |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for law in Law::ALL {
        let permissions: Vec<&str> = law.permissions().iter().map(|one| one.text()).collect();
        let cells = [
            name(*law),
            permissions.join(", "),
            law.option().to_owned(),
            law.state().to_owned(),
            law.time().to_owned(),
            law.sentence(Locale::En).to_owned(),
            law.sentence(Locale::Fr).to_owned(),
        ];
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    for one in VIEWS {
        view(&mut text, one);
    }
    text
}

fn view(text: &mut String, view: &View) {
    let who = match view.audience {
        Audience::Agency => "the agency's people",
        Audience::Client => "people at the client",
        Audience::Public => "whoever holds the link",
    };
    let permission = view.permission.map(|permission| format!(" with `{}`", permission.text()));
    let operations: Vec<String> = view.operations.iter().map(|name| format!("`{name}`")).collect();
    let _ = write!(text, "\n## {}\n\n", view.table.schema);
    let _ = writeln!(text, "For {who}{}: {}.\n", permission.unwrap_or_default(), operations.join(", "));
    text.push_str("| field | law |\n| --- | --- |\n");
    for (path, law) in view.table.paths() {
        let _ = writeln!(text, "| `{path}` | {} |", name(law));
    }
}

/// The law's name as words: `LeadPhone` is `lead phone`.
fn name(law: Law) -> String {
    let mut words = String::new();
    for letter in format!("{law:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}
