//! Which passwords are accepted: long ones that are not made of what everybody tries or everybody knows.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::common::COMMON;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::users::passwords::normal;
use crate::values::{Email, Password};

/// No rule on kinds of characters; length is what counts.
pub const PASSWORD_CHARACTERS_LEAST: usize = 15;
/// With a second factor, less is enough.
pub const PASSWORD_CHARACTERS_WITH_SECOND_FACTOR: usize = 8;
/// So many characters must be left when names and common passwords are taken out, of a password that may be as short
/// as this and of one that may be shorter.
const OWN_CHARACTERS_LEAST: usize = 10;
const OWN_CHARACTERS_WITH_SECOND_FACTOR: usize = 6;
const DIFFERENT_CHARACTERS_LEAST: usize = 5;
/// Shorter words of a name are in too many phrases to mean anything.
const WORD_CHARACTERS_LEAST: usize = 3;

/// Refuses a password that the host has found in a list of breached ones.
pub fn not_breached(breached: bool) -> Result<(), Refusal> {
    if breached { Err(Refusal::new(Code::PasswordBreached).at("password")) } else { Ok(()) }
}

/// Whether a password may be set by somebody with this address whom these names concern.
pub fn acceptable(password: &Password, email: &Email, names: &[&str]) -> Result<(), Refusal> {
    judge(password, email, names, PASSWORD_CHARACTERS_LEAST, OWN_CHARACTERS_LEAST)
}

/// The same for somebody whose second factor is on.
pub fn acceptable_with_second_factor(
    password: &Password,
    email: &Email,
    names: &[&str],
) -> Result<(), Refusal> {
    let least = PASSWORD_CHARACTERS_WITH_SECOND_FACTOR;
    judge(password, email, names, least, OWN_CHARACTERS_WITH_SECOND_FACTOR)
}

fn judge(
    password: &Password,
    email: &Email,
    names: &[&str],
    least: usize,
    own_least: usize,
) -> Result<(), Refusal> {
    let password = normal(password);
    let refuse = |code| Err(Refusal::new(code).at("password"));
    if password.chars().count() < least {
        let refusal = Refusal::new(Code::PasswordTooShort).at("password");
        return Err(refusal.with("expected", least));
    }
    let folded = fold(&password);
    if folded.chars().collect::<BTreeSet<_>>().len() < DIFFERENT_CHARACTERS_LEAST {
        return refuse(Code::PasswordCommon);
    }
    let local = email.as_str().rsplit_once('@').map_or("", |(local, _)| local);
    let words = words(names.iter().copied().chain([local]));
    let without_names = remove(&folded, words.iter().map(String::as_str));
    if own_characters(&without_names) < own_least {
        return refuse(Code::PasswordGuessable);
    }
    let left = remove(&without_names, COMMON.iter().copied());
    if own_characters(&left) < own_least {
        let holds_names = without_names != folded;
        return refuse(if holds_names { Code::PasswordGuessable } else { Code::PasswordCommon });
    }
    Ok(())
}

fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// The words of names, longest first, so that a short one does not break up a long one.
fn words<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = names
        .flat_map(|name| {
            fold(name).split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect::<Vec<_>>()
        })
        .filter(|word| word.chars().count() >= WORD_CHARACTERS_LEAST)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// What is taken out leaves a mark, so that what stood on its two sides does not become a word.
const MARK: char = '\u{0}';

fn remove<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> String {
    words.fold(text.to_owned(), |text, word| text.replace(word, "\u{0}"))
}

fn own_characters(text: &str) -> usize {
    text.chars().filter(|c| *c != MARK).count()
}

#[cfg(test)]
mod tests {
    use super::{acceptable, acceptable_with_second_factor};
    use crate::codes::Code;
    use crate::values::{Email, Password};

    fn code(password: &str) -> Option<Code> {
        let email = Email::parse("anna.berg@astoria.example").unwrap();
        let names = ["Northlight Staffing", "Grand Hotel Astoria", "Anna Berg"];
        acceptable(&Password::parse(password).unwrap(), &email, &names).err().map(|refusal| refusal.code)
    }

    #[test]
    fn a5_long_ones_pass_whatever_they_are_made_of() {
        assert_eq!(code("plum river chair"), None);
        assert_eq!(code("a grand piano out of tune"), None, "one known word is no fault");
        assert_eq!(code(&"violet lamp ".repeat(11)), None, "132 characters");
        assert_eq!(code("лампа над столом"), None);
    }

    #[test]
    fn a5_fourteen_characters_are_too_few_and_fifteen_enough() {
        assert_eq!(code("plum river cha"), Some(Code::PasswordTooShort));
        assert_eq!(code("plum river chai"), None);
        // Fourteen characters of two code points each are still fourteen.
        assert_eq!(code(&"e\u{301}".repeat(14)), Some(Code::PasswordTooShort));
    }

    #[test]
    fn a5_with_a_second_factor_eight_characters_are_enough() {
        let email = Email::parse("anna.berg@astoria.example").unwrap();
        let code = |password: &str| {
            let password = Password::parse(password).unwrap();
            acceptable_with_second_factor(&password, &email, &["Anna Berg"]).err().map(|refusal| refusal.code)
        };
        assert_eq!(code("plumrive"), None);
        assert_eq!(code("plumriv"), Some(Code::PasswordTooShort));
        assert_eq!(code("passw0rd"), Some(Code::PasswordCommon));
        assert_eq!(code("annaberg1"), Some(Code::PasswordGuessable));
    }

    #[test]
    fn a5_128_characters_are_accepted_and_a_megabyte_is_refused() {
        let email = Email::parse("anna.berg@astoria.example").unwrap();
        let long: String = ('a'..='z')
            .cycle()
            .take(128)
            .collect::<String>()
            .replace("abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba");
        assert!(acceptable(&Password::parse(&long).unwrap(), &email, &[]).is_ok());
        assert!(Password::parse(&"\u{1d11e}".repeat(256)).is_ok(), "1,024 bytes");
        assert!(Password::parse(&"x".repeat(1025)).is_err());
        assert!(Password::parse(&"x".repeat(1 << 20)).is_err());
    }

    #[test]
    fn b5_what_everybody_tries_is_refused() {
        for common in [
            "aaaaaaaaaaaaaaaa",
            "121212121212121212",
            "PasswordPassword",
            "password123456789",
            "Qwertyuiop-12345678",
            "passw\u{ff4f}rd2026!!!!",
        ] {
            assert_eq!(code(common), Some(Code::PasswordCommon), "{common}");
        }
    }

    #[test]
    fn b5_names_that_others_know_are_refused() {
        for known in
            ["GrandHotelAstoria2026", "Northlight-Staffing!", "anna.berg.anna.berg", "AnnaBerg-password1"]
        {
            assert_eq!(code(known), Some(Code::PasswordGuessable), "{known}");
        }
    }
}
