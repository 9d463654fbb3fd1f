//! The sentence of one line: who and when, how much of what, at which price, by which rule.

use rust_decimal::Decimal;

use super::conditions;
use super::words::{self, NBSP, duration, money, number, people, pick, plural};
use super::{Teller, origin};
use crate::pricing::estimate::{EstimateLine, LineUnit, PricedEstimate};
use crate::pricing::list::{Label, Rule, Unit};
use crate::values::{Currency, Instant, LocalTime, Locale, Quantity};

/// The space before `:` and `;`, and the mark itself.
pub(super) const fn colon(locale: Locale) -> &'static str {
    pick(locale, ":", "\u{a0}:")
}

pub(super) const fn semicolon(locale: Locale) -> &'static str {
    pick(locale, ";", "\u{a0};")
}

impl Teller<'_> {
    pub(super) fn line(&self, priced: &PricedEstimate, line: &EstimateLine) -> String {
        let locale = self.locale;
        let list = self.lists.iter().find(|list| list.id == line.list);
        let found = list.and_then(|list| conditions::find(list, line.rule.as_str()));
        let amount = money(line.amount.decimal(), priced.currency, locale);
        let heads = match line.position {
            Some(_) => format!(", {}", people(line.headcount, locale)),
            None => String::new(),
        };
        let origin = found.as_ref().and_then(|found| origin::origin(priced, line, found, locale));
        let origin = origin
            .map_or_else(String::new, |text| format!("{}{text}", pick(locale, ", which is ", ", soit ")));
        let applies = match &found {
            None => pick(locale, "is in none of the lists", "ne figure dans aucune des listes").to_owned(),
            Some(found) => {
                let names: Vec<&str> = list.map_or_else(Vec::new, |list| self.holidays(list, line));
                found.applies(&names, locale)
            }
        };
        format!(
            "{}{} {amount} {} {}{heads} {}, {}{origin}{} {} {} {applies}.",
            self.position(line.position, line.label.as_ref()),
            colon(locale),
            pick(locale, "for", "pour"),
            line.name,
            self.times(line.from, line.to),
            quantity(line, found.as_ref().map(|found| found.rule), priced.currency, locale),
            semicolon(locale),
            pick(locale, "rule", "la règle"),
            line.rule,
        )
    }

    /// What the demand calls the position, or its number.
    pub(super) fn position(&self, index: Option<u32>, label: Option<&Label>) -> String {
        match (index, label) {
            (_, Some(label)) => label.to_string(),
            (None, None) => pick(self.locale, "Whole order", "Commande entière").to_owned(),
            (Some(index), None) => {
                let number = u64::from(index) + 1;
                match self.locale {
                    Locale::En => format!("Position {number}"),
                    Locale::Fr => format!("Poste{NBSP}{number}"),
                }
            }
        }
    }

    pub(super) fn local(&self, at: Instant) -> Option<LocalTime> {
        self.zone.wall_times(&[at]).ok()?.pop()
    }

    /// From when to when on the wall of the place, with what its clock does in between.
    fn times(&self, from: Instant, to: Instant) -> String {
        let (Some(start), Some(end)) = (self.local(from), self.local(to)) else {
            return format!("{from} / {to}");
        };
        let locale = self.locale;
        let time = |local: LocalTime| self.time(local);
        let day = |local: LocalTime| words::date(local.date(), locale);
        let span = match (start.date() == end.date(), locale) {
            (true, Locale::En) => format!("on {} from {} to {}", day(start), time(start), time(end)),
            (true, Locale::Fr) => format!("le {} de {} à {}", day(start), time(start), time(end)),
            (false, Locale::En) => {
                format!("from {} {} to {} {}", day(start), time(start), day(end), time(end))
            }
            (false, Locale::Fr) => {
                format!("du {} à {} au {} à {}", day(start), time(start), day(end), time(end))
            }
        };
        let shift = end.offset_minutes().unwrap_or(0) - start.offset_minutes().unwrap_or(0);
        let by = duration(shift.abs(), locale);
        match (shift, locale) {
            (0, _) => span,
            (1.., Locale::En) => format!("{span} (the clock goes forward by {by})"),
            (..0, Locale::En) => format!("{span} (the clock goes back by {by})"),
            (1.., Locale::Fr) => format!("{span} (l'horloge avance de {by})"),
            (..0, Locale::Fr) => format!("{span} (l'horloge recule de {by})"),
        }
    }

    /// The time that the clock shows, with the offset where it shows it twice.
    fn time(&self, local: LocalTime) -> String {
        let time = words::time(minute_of_day(local), self.locale);
        let bare = LocalTime::parse(&local.naive().format("%Y-%m-%dT%H:%M").to_string());
        let twice = bare.is_ok_and(|bare| {
            matches!(self.zone.resolve_span(bare, bare), Err(crate::values::WallTimeError::Twice(_)))
        });
        let offset = local.offset_minutes().unwrap_or(0);
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        if twice { format!("{time} ({sign}{hours:02}:{minutes:02})") } else { time }
    }

    /// The names of the holidays of a list that a line touches.
    fn holidays<'l>(&self, list: &'l crate::pricing::list::PriceList, line: &EstimateLine) -> Vec<&'l str> {
        let (Some(from), Some(to)) = (self.local(line.from), self.local(line.to)) else { return Vec::new() };
        let (from, to) = (from.minute(), to.minute());
        let touched = list
            .calendar
            .holidays
            .iter()
            .filter(|holiday| holiday.from.minute() < to && from < holiday.to.minute());
        let mut names: Vec<&str> = touched.map(|holiday| holiday.name.as_str()).collect();
        names.dedup();
        names
    }
}

fn minute_of_day(local: LocalTime) -> i64 {
    local.minute().rem_euclid(1440)
}

/// How much of the unit at which price: `10 h 30 min (3 times 3 h 30 min) at EUR 6.00 an hour`.
fn quantity(line: &EstimateLine, rule: Option<&Rule>, currency: Currency, locale: Locale) -> String {
    let price = money(line.unit_price.decimal(), currency, locale);
    let count = line.quantity.map_or(Decimal::ONE, Quantity::decimal);
    let counted = number(count, 0, locale);
    match (line.unit, locale) {
        (LineUnit::Hour, _) => {
            let minutes = line.minutes.unwrap_or(0);
            let all = duration(minutes.into(), locale);
            let each = minutes.checked_div(line.headcount).unwrap_or(0);
            let each = match line.headcount {
                0 | 1 => String::new(),
                heads => {
                    let heads = number(heads.into(), 0, locale);
                    let times = pick(locale, "times", "fois");
                    format!(" ({heads} {times} {})", duration(each.into(), locale))
                }
            };
            match locale {
                Locale::En => format!("{all}{each} at {price} an hour"),
                Locale::Fr => format!("{all}{each} à {price} l'heure"),
            }
        }
        (LineUnit::Once, Locale::En) if count == Decimal::ONE => format!("once {price}"),
        (LineUnit::Once, Locale::Fr) if count == Decimal::ONE => format!("une fois {price}"),
        (LineUnit::Once, _) => format!("{counted} {} {price}", pick(locale, "times", "fois")),
        (LineUnit::Kilometre, Locale::En) => {
            format!("{counted} {} at {price} a kilometre", plural(count, "kilometre", "kilometres", locale))
        }
        (LineUnit::Kilometre, Locale::Fr) => {
            let word = plural(count, "kilomètre", "kilomètres", locale);
            format!("{counted}{NBSP}{word} à {price} le kilomètre")
        }
        (LineUnit::Piece, _) => {
            let code = match rule.map(|rule| &rule.unit) {
                Some(Unit::Piece { code }) => code.as_str(),
                _ => "",
            };
            match locale {
                Locale::En => {
                    format!(
                        "{counted} {} {code} at {price} a piece",
                        plural(count, "piece", "pieces", locale)
                    )
                }
                Locale::Fr => {
                    let word = plural(count, "pièce", "pièces", locale);
                    format!("{counted}{NBSP}{word} {code} à {price} la pièce")
                }
            }
        }
    }
}
