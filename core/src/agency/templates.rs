//! The words of mails: which placeholders they may hold, the default texts, and how they are filled in.

use std::fmt::Write as _;

use super::model::{EmailTemplate, MailKind};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Locale, Text};

/// What a template may name. A new password is for a person, whichever clients they belong to.
const fn placeholders(kind: MailKind) -> &'static [&'static str] {
    match kind {
        MailKind::Invitation | MailKind::ClientAdded => &["agency", "client", "name", "link"],
        MailKind::PasswordReset => &["agency", "name", "link"],
    }
}

/// What is filled in. It holds a link with its token, so it has no debug form.
#[allow(missing_debug_implementations)]
pub struct MailValues<'a> {
    pub agency: &'a str,
    pub client: &'a str,
    pub name: &'a str,
    pub link: &'a str,
}

/// A template's three parts as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words<'a> {
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

/// A mail ready to send. It holds a link with its token, so it has no debug form.
#[allow(missing_debug_implementations)]
pub struct FilledMail {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The texts that hold until the agency sets its own.
const fn default_words(kind: MailKind, locale: Locale) -> Words<'static> {
    match (kind, locale) {
        (MailKind::Invitation, Locale::En) => Words {
            subject: "{agency} invites you to its client portal",
            text: "Hello {name},\n\n{agency} has opened its client portal for {client}. Open this link and choose a \
                password:\n\n{link}\n\nThe link works once and only for some days. If you did not expect it, ignore \
                this message.\n\n{agency}\n",
            html: "<p>Hello {name},</p>\n<p>{agency} has opened its client portal for {client}. Open this link and \
                choose a password:</p>\n<p><a href=\"{link}\">Join the portal</a></p>\n<p>The link works once and \
                only for some days. If you did not expect it, ignore this message.</p>\n<p>{agency}</p>\n",
        },
        (MailKind::Invitation, Locale::Fr) => Words {
            subject: "{agency} vous invite sur son portail client",
            text: "Bonjour {name},\n\n{agency} a ouvert son portail client à {client}. Ouvrez ce lien et choisissez \
                un mot de passe :\n\n{link}\n\nLe lien ne fonctionne qu'une fois et pendant quelques jours \
                seulement. Si vous ne l'attendiez pas, ignorez ce message.\n\n{agency}\n",
            html: "<p>Bonjour {name},</p>\n<p>{agency} a ouvert son portail client à {client}. Ouvrez ce lien et \
                choisissez un mot de passe :</p>\n<p><a href=\"{link}\">Rejoindre le portail</a></p>\n<p>Le lien ne \
                fonctionne qu'une fois et pendant quelques jours seulement. Si vous ne l'attendiez pas, ignorez ce \
                message.</p>\n<p>{agency}</p>\n",
        },
        (MailKind::PasswordReset, Locale::En) => Words {
            subject: "A new password for the portal of {agency}",
            text: "Hello {name},\n\nsomebody asked for a new password for your access to the client portal of \
                {agency}. Open this link and choose one:\n\n{link}\n\nThe link works once and for one hour. If you \
                did not ask for it, ignore this message: your password stays as it is.\n\n{agency}\n",
            html: "<p>Hello {name},</p>\n<p>somebody asked for a new password for your access to the client portal \
                of {agency}. Open this link and choose one:</p>\n<p><a href=\"{link}\">Choose a new password</a></p>\n\
                <p>The link works once and for one hour. If you did not ask for it, ignore this message: your \
                password stays as it is.</p>\n<p>{agency}</p>\n",
        },
        (MailKind::PasswordReset, Locale::Fr) => Words {
            subject: "Un nouveau mot de passe pour le portail de {agency}",
            text: "Bonjour {name},\n\nun nouveau mot de passe a été demandé pour votre accès au portail client de \
                {agency}. Ouvrez ce lien et choisissez-en un :\n\n{link}\n\nLe lien ne fonctionne qu'une fois et \
                pendant une heure. Si vous n'avez rien demandé, ignorez ce message : votre mot de passe reste le \
                même.\n\n{agency}\n",
            html: "<p>Bonjour {name},</p>\n<p>un nouveau mot de passe a été demandé pour votre accès au portail \
                client de {agency}. Ouvrez ce lien et choisissez-en un :</p>\n<p><a href=\"{link}\">Choisir un nouveau \
                mot de passe</a></p>\n<p>Le lien ne fonctionne qu'une fois et pendant une heure. Si vous n'avez rien \
                demandé, ignorez ce message : votre mot de passe reste le même.</p>\n<p>{agency}</p>\n",
        },
        (MailKind::ClientAdded, Locale::En) => Words {
            subject: "{agency} has added you to {client}",
            text: "Hello {name},\n\nin the client portal of {agency} you can now work for {client} too. Sign in as \
                before:\n\n{link}\n\n{agency}\n",
            html: "<p>Hello {name},</p>\n<p>in the client portal of {agency} you can now work for {client} too. \
                <a href=\"{link}\">Sign in as before</a>.</p>\n<p>{agency}</p>\n",
        },
        (MailKind::ClientAdded, Locale::Fr) => Words {
            subject: "{agency} vous a ajouté chez {client}",
            text: "Bonjour {name},\n\nsur le portail client de {agency}, vous pouvez désormais agir aussi pour \
                {client}. Connectez-vous comme avant :\n\n{link}\n\n{agency}\n",
            html: "<p>Bonjour {name},</p>\n<p>sur le portail client de {agency}, vous pouvez désormais agir aussi \
                pour {client}. <a href=\"{link}\">Connectez-vous comme avant</a>.</p>\n<p>{agency}</p>\n",
        },
    }
}

/// The agency's own words where it has set them.
pub fn words(own: Option<&EmailTemplate>, kind: MailKind, locale: Locale) -> Words<'_> {
    match own {
        Some(own) => {
            Words { subject: own.subject.as_str(), text: own.text.as_str(), html: own.html.as_str() }
        }
        None => default_words(kind, locale),
    }
}

/// Whether an agency may set these words: known placeholders only, a link in both bodies, none in the subject.
///
/// Mail programs show and log subjects, so the link's secret has no place there.
pub fn check(kind: MailKind, words: Words) -> Result<(), Refusal> {
    for (field, body) in [("subject", words.subject), ("text", words.text), ("html", words.html)] {
        let unknown = names(body)
            .find(|name| !placeholders(kind).contains(name) || (field, *name) == ("subject", "link"));
        if let Some(name) = unknown {
            let name: String = name.chars().take(40).collect();
            return Err(Refusal::new(Code::PlaceholderUnknown).at(field).with("name", name));
        }
        if field != "subject" && !names(body).any(|name| name == "link") {
            return Err(Refusal::new(Code::PlaceholderMissing).at(field).with("name", "link"));
        }
    }
    Ok(())
}

/// Fills a template. Values go into the html escaped, and into the subject on one line.
pub fn fill(words: Words, values: &MailValues) -> FilledMail {
    FilledMail {
        subject: filled(words.subject, values, one_line),
        text: filled(words.text, values, str::to_owned),
        html: filled(words.html, values, escaped),
    }
}

/// A placeholder is a word in braces; other braces, as of style sheets, are text.
fn placeholder(after_brace: &str) -> Option<(&str, &str)> {
    let (name, rest) = after_brace.split_once('}')?;
    let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word.then_some((name, rest))
}

fn names(body: &str) -> impl Iterator<Item = &str> {
    body.split('{').skip(1).filter_map(|piece| placeholder(piece).map(|(name, _)| name))
}

fn filled(body: &str, values: &MailValues, form: fn(&str) -> String) -> String {
    let mut pieces = body.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let value = placeholder(piece).and_then(|(name, rest)| match name {
            "agency" => Some((values.agency, rest)),
            "client" => Some((values.client, rest)),
            "name" => Some((values.name, rest)),
            "link" => Some((values.link, rest)),
            _ => None,
        });
        if let Some((value, rest)) = value {
            out.push_str(&form(value));
            out.push_str(rest);
        } else {
            out.push('{');
            out.push_str(piece);
        }
    }
    out
}

fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// A subject is one line: a mail's header ends at a line feed.
pub fn subject_is_one_line(subject: &Text<200>) -> Result<(), Refusal> {
    if subject.as_str().chars().any(char::is_control) {
        return Err(Refusal::new(Code::ControlCharacter).at("subject").with("expected", "one line"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MailValues, Words, check, default_words, fill};
    use crate::agency::model::MailKind;
    use crate::codes::Code;
    use crate::values::Locale;

    const VALUES: MailValues<'static> = MailValues {
        agency: "North & South\nBcc: x",
        client: "{link}",
        name: "<b>\"Anna\"</b>",
        link: "https://a.example/join#t",
    };

    #[test]
    fn b2_values_are_escaped_in_html_and_stay_on_one_line_in_the_subject() {
        let words = Words {
            subject: "{agency}",
            text: "{name} {client} {link}",
            html: "<style>p{color:red}</style><a title=\"{name}\" href=\"{link}\">{agency}</a>",
        };
        check(MailKind::Invitation, words).unwrap();
        let mail = fill(words, &VALUES);
        assert_eq!(mail.subject, "North & South Bcc: x");
        assert_eq!(mail.text, "<b>\"Anna\"</b> {link} https://a.example/join#t");
        assert_eq!(
            mail.html,
            "<style>p{color:red}</style><a title=\"&#60;b&#62;&#34;Anna&#34;&#60;/b&#62;\" \
             href=\"https://a.example/join#t\">North &#38; South\nBcc: x</a>"
        );
    }

    #[test]
    fn b2_what_an_agency_may_not_set() {
        let fails = |subject, text, html| {
            let refusal = check(MailKind::Invitation, Words { subject, text, html }).unwrap_err();
            (refusal.code, refusal.path.unwrap_or_default())
        };
        let unknown = |field: &str| (Code::PlaceholderUnknown, field.to_owned());
        assert_eq!(fails("{link}", "{link}", "{link}"), unknown("subject"));
        assert_eq!(fails("s", "{link} {surname}", "{link}"), unknown("text"));
        assert_eq!(fails("s", "{link}", "{link}{Name}"), unknown("html"));
        assert_eq!(fails("s", "{link}", "none"), (Code::PlaceholderMissing, "html".to_owned()));
    }

    #[test]
    fn a9_the_default_words_exist_in_each_language_and_are_good() {
        for kind in [MailKind::Invitation, MailKind::PasswordReset, MailKind::ClientAdded] {
            let [english, french] = Locale::ALL.map(|locale| default_words(kind, locale));
            assert!(english != french);
            for words in [english, french] {
                check(kind, words).unwrap();
                let mail = fill(words, &VALUES);
                assert!(mail.text.contains("https://a.example/join#t"));
                assert!(!mail.html.contains("<b>"));
            }
        }
    }
}
