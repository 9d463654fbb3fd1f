//! Times of a local week: sets of them, and how they are said. Knows no rule.

use crate::pricing::explain::words::{self, pick};
use crate::pricing::list::Weekday;
use crate::values::Locale;

/// Minutes of a week.
pub(super) const WEEK: i64 = 7 * 1440;
/// The most spans that a sentence names.
const MAX_SAID: usize = 10;

/// A part of the local week, in minutes after Monday 00:00; `to` is exclusive and may lie in the week after.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct WeekSpan {
    pub from: i64,
    pub to: i64,
    /// Only if it is a holiday.
    pub on_holidays: bool,
}

/// Joins spans that touch, across the end of the week too. They come and go in order.
pub(super) fn joined(mut spans: Vec<WeekSpan>) -> Vec<WeekSpan> {
    spans.sort_by_key(|span| (span.on_holidays, span.from, span.to));
    let mut found: Vec<WeekSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match found.last_mut() {
            Some(last) if last.on_holidays == span.on_holidays && span.from <= last.to => {
                last.to = last.to.max(span.to);
            }
            _ => found.push(span),
        }
    }
    for on_holidays in [false, true] {
        let first = found.iter().position(|span| span.on_holidays == on_holidays && span.from == 0);
        let last = found.iter().position(|span| span.on_holidays == on_holidays && span.to == WEEK);
        if let (Some(first), Some(last)) = (first, last)
            && first != last
        {
            let head = found.remove(first);
            if let Some(tail) = found.get_mut(last - 1) {
                tail.to = WEEK + head.to;
            }
        }
    }
    found
}

/// The times in both sets; neither is joined over the end of the week.
pub(super) fn both(one: &[WeekSpan], other: &[WeekSpan]) -> Vec<WeekSpan> {
    let mut found = Vec::new();
    for a in one {
        for b in other.iter().filter(|b| b.on_holidays == a.on_holidays) {
            let (from, to) = (a.from.max(b.from), a.to.min(b.to));
            if from < to {
                found.push(WeekSpan { from, to, on_holidays: a.on_holidays });
            }
        }
    }
    found
}

/// Minutes of a day that a span has, if it is the same on all seven days.
fn daily(spans: &[WeekSpan], span: WeekSpan) -> bool {
    let same = |other: &&WeekSpan| {
        other.on_holidays == span.on_holidays
            && (other.from - span.from).rem_euclid(1440) == 0
            && other.to - other.from == span.to - span.from
    };
    span.to - span.from < WEEK && spans.iter().filter(same).count() == 7
}

pub(super) fn said(spans: &[WeekSpan], locale: Locale) -> String {
    let spans = joined(spans.to_vec());
    let mut texts: Vec<String> = Vec::new();
    for span in &spans {
        let text = one(*span, daily(&spans, *span), locale);
        let text = match (span.on_holidays, locale) {
            (false, _) => text,
            (true, Locale::En) => format!("{text} on holidays"),
            (true, Locale::Fr) => format!("{text} les jours fériés"),
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let more = texts.len().saturating_sub(MAX_SAID);
    texts.truncate(MAX_SAID);
    let text = texts.join(", ");
    if more > 0 {
        return match locale {
            Locale::En => format!("{text} and {more} more"),
            Locale::Fr => format!("{text} et {more} autres"),
        };
    }
    text
}

fn one(span: WeekSpan, daily: bool, locale: Locale) -> String {
    if span.to - span.from >= WEEK {
        return pick(locale, "all week", "toute la semaine").to_owned();
    }
    let time = |at: i64| words::time(at.rem_euclid(1440), locale);
    // The end of a day is 24:00 of that day, not 00:00 of the next.
    let (end_day, end) = match span.to.rem_euclid(1440) {
        0 => (span.to - 1, words::time(1440, locale)),
        _ => (span.to, time(span.to)),
    };
    let start = time(span.from);
    if daily {
        return match locale {
            Locale::En => format!("every day {start} to {end}"),
            Locale::Fr => format!("chaque jour de {start} à {end}"),
        };
    }
    let (from, to) = (words::weekday(day(span.from), locale), words::weekday(day(end_day), locale));
    match (from == to && span.to - span.from <= 1440, locale) {
        (true, Locale::En) => format!("{from} {start} to {end}"),
        (true, Locale::Fr) => format!("{from} de {start} à {end}"),
        (false, Locale::En) => format!("{from} {start} to {to} {end}"),
        (false, Locale::Fr) => format!("du {from} à {start} au {to} à {end}"),
    }
}

fn day(minute: i64) -> Weekday {
    let index = usize::try_from(minute.rem_euclid(WEEK) / 1440).unwrap_or(0);
    Weekday::ALL.get(index).copied().unwrap_or_default()
}
