//! How values are said in each language: durations, times, days, money, lists of things. No sentence lives here.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::pricing::list::Weekday;
use crate::shifts::model::Role;
use crate::values::{Currency, Locale};

/// Stands in French before `:`, `;`, `%`, between groups of digits, and between a number and its unit.
pub(in crate::pricing) const NBSP: char = '\u{a0}';

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub(in crate::pricing) const fn pick(locale: Locale, en: &'static str, fr: &'static str) -> &'static str {
    match locale {
        Locale::En => en,
        Locale::Fr => fr,
    }
}

/// Minutes as hours and minutes: `7 h 30 min`.
pub(in crate::pricing) fn duration(minutes: i64, locale: Locale) -> String {
    let space = match locale {
        Locale::En => ' ',
        Locale::Fr => NBSP,
    };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}{space}min"),
        (hours, 0) => format!("{}{space}h", number(hours.into(), 0, locale)),
        (hours, minutes) => {
            format!("{}{space}h{space}{minutes}{space}min", number(hours.into(), 0, locale))
        }
    }
}

/// A time of the day in minutes after midnight: `22:00`, in French `22 h`.
pub(in crate::pricing) fn time(minutes: i64, locale: Locale) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (locale, rest) {
        (Locale::En, _) => format!("{hours:02}:{rest:02}"),
        (Locale::Fr, 0) => format!("{hours}{NBSP}h"),
        (Locale::Fr, _) => format!("{hours}{NBSP}h{NBSP}{rest:02}"),
    }
}

pub(in crate::pricing) fn date(day: NaiveDate, locale: Locale) -> String {
    let months = match locale {
        Locale::En => MONTHS_EN,
        Locale::Fr => MONTHS_FR,
    };
    let month = usize::try_from(day.month0()).ok().and_then(|at| months.get(at)).copied().unwrap_or_default();
    match (locale, day.day()) {
        (Locale::Fr, 1) => format!("1er {month} {}", day.year()),
        (_, number) => format!("{number} {month} {}", day.year()),
    }
}

pub(in crate::pricing) const fn weekday(day: Weekday, locale: Locale) -> &'static str {
    match day {
        Weekday::Monday => pick(locale, "Monday", "lundi"),
        Weekday::Tuesday => pick(locale, "Tuesday", "mardi"),
        Weekday::Wednesday => pick(locale, "Wednesday", "mercredi"),
        Weekday::Thursday => pick(locale, "Thursday", "jeudi"),
        Weekday::Friday => pick(locale, "Friday", "vendredi"),
        Weekday::Saturday => pick(locale, "Saturday", "samedi"),
        Weekday::Sunday => pick(locale, "Sunday", "dimanche"),
    }
}

/// `Saturdays and Sundays`, `les samedis et dimanches`.
pub(in crate::pricing) fn weekdays(days: &[Weekday], locale: Locale) -> String {
    let names = days.iter().map(|day| format!("{}s", weekday(*day, locale))).collect::<Vec<_>>();
    let all = and(&names, locale);
    match locale {
        Locale::En => all,
        Locale::Fr => format!("les {all}"),
    }
}

/// A number in the language's form, with at least so many digits after the point.
pub(in crate::pricing) fn number(value: Decimal, digits: u32, locale: Locale) -> String {
    let mut value = value.normalize();
    if value.scale() < digits {
        value.rescale(digits);
    }
    let text = value.abs().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (group, point) = match locale {
        Locale::En => (',', '.'),
        Locale::Fr => (NBSP, ','),
    };
    let mut written = if value.is_sign_negative() { String::from("-") } else { String::new() };
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            written.push(group);
        }
        written.push(digit);
    }
    if !rest.is_empty() {
        written.push(point);
        written.push_str(rest);
    }
    written
}

/// `EUR 1,277.49`, `1 277,49 EUR`.
pub(in crate::pricing) fn money(value: Decimal, currency: Currency, locale: Locale) -> String {
    let number = number(value, currency.exponent(), locale);
    match locale {
        Locale::En => format!("{currency} {number}"),
        Locale::Fr => format!("{number}{NBSP}{currency}"),
    }
}

/// `25 %` in both languages.
pub(in crate::pricing) fn percent(value: Decimal, locale: Locale) -> String {
    let space = match locale {
        Locale::En => ' ',
        Locale::Fr => NBSP,
    };
    format!("{}{space}%", number(value, 0, locale))
}

pub(in crate::pricing) fn and(items: &[impl AsRef<str>], locale: Locale) -> String {
    joined(items, pick(locale, "and", "et"))
}

pub(in crate::pricing) fn or(items: &[impl AsRef<str>], locale: Locale) -> String {
    joined(items, pick(locale, "or", "ou"))
}

fn joined(items: &[impl AsRef<str>], last: &str) -> String {
    let Some((end, before)) = items.split_last() else { return String::new() };
    if before.is_empty() {
        return end.as_ref().to_owned();
    }
    let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
    format!("{} {last} {}", before.join(", "), end.as_ref())
}

/// One of something, or several: French counts below two as one.
pub(in crate::pricing) fn plural(
    count: Decimal,
    one: &'static str,
    many: &'static str,
    locale: Locale,
) -> &'static str {
    let single = match locale {
        Locale::En => count == Decimal::ONE,
        Locale::Fr => count < Decimal::TWO,
    };
    if single { one } else { many }
}

/// `3 people`, `1 personne`.
pub(in crate::pricing) fn people(count: u32, locale: Locale) -> String {
    let word = match locale {
        Locale::En => plural(count.into(), "person", "people", locale),
        Locale::Fr => plural(count.into(), "personne", "personnes", locale),
    };
    let space = if locale == Locale::Fr { NBSP } else { ' ' };
    format!("{}{space}{word}", number(count.into(), 0, locale))
}

pub(in crate::pricing) const fn role(role: Role, locale: Locale) -> &'static str {
    match role {
        Role::Staff => pick(locale, "staff", "personnel"),
        Role::Lead => pick(locale, "lead", "chef d'équipe"),
    }
}
