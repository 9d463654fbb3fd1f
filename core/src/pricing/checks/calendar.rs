//! Windows and holidays: times between windows, windows that nothing uses, holidays on top of each other.

use super::cases::Cases;
use super::finding::{Detail, Finding, FindingCode};
use crate::pricing::engine::{Compiled, Ready, When};
use crate::pricing::list::{Holiday, PriceList};

/// The most pairs of holidays that are named.
const MAX_PAIRS: usize = 100;

/// `alone` says that no broader list prices what this one leaves out.
pub(super) fn check(
    list: &PriceList,
    compiled: &Compiled,
    cases: &Cases,
    alone: bool,
    found: &mut Vec<Finding>,
) {
    let asked =
        compiled.rules.iter().flat_map(Ready::asks).fold(0_u32, |windows, ask| windows | ask.when.windows);
    for (index, window) in (0_u32..).zip(&list.calendar.windows) {
        if 1_u32.checked_shl(index).is_some_and(|bit| asked & bit == 0) {
            let finding = Finding::new(FindingCode::WindowUnused).at(format!("calendar.windows[{index}]"));
            found.push(finding.text("window", &window.code));
        }
    }
    if let Some(rule) = compiled.rules.iter().find(|rule| rule.ask.when.holiday == Some(true))
        && list.calendar.holidays.is_empty()
    {
        found.push(Finding::new(FindingCode::HolidaysMissing).rule(&rule.id, &rule.path));
    }
    overlapping_holidays(list, found);
    if alone {
        gap(list, cases, found);
    }
}

/// Times in no window, where each base rule asks for one.
fn gap(list: &PriceList, cases: &Cases, found: &mut Vec<Finding>) {
    let base: Vec<u32> =
        cases.all.iter().filter(|case| case.is_base()).map(|case| case.rule.ask.when.windows).collect();
    if base.is_empty() || base.contains(&0) {
        return;
    }
    let mut distinct = base.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let covered = distinct.iter().fold(cases.grid.nothing(), |cells, windows| {
        cells.or(&cases.grid.cells(When { windows: *windows, ..When::default() }))
    });
    let mut times = cases.grid.outside(&covered);
    times.retain(|span| !span.on_holidays);
    if times.is_empty() {
        return;
    }
    let asked = base.iter().fold(0_u32, |all, windows| all | windows);
    let names = (0_u32..).zip(&list.calendar.windows).filter_map(|(index, window)| {
        1_u32.checked_shl(index).filter(|bit| asked & bit != 0).map(|_| window.code.to_string())
    });
    let mut finding = Finding::new(FindingCode::WindowGap).at("calendar.windows");
    let rules = cases.all.iter().filter(|case| case.is_base()).take(20);
    finding.rules = rules.map(|case| case.rule.id.clone()).collect();
    found.push(finding.with("windows", Detail::Names(names.collect())).with("times", Detail::Times(times)));
}

fn overlapping_holidays(list: &PriceList, found: &mut Vec<Finding>) {
    let span = |holiday: &Holiday| (holiday.from.minute(), holiday.to.minute());
    let mut sorted: Vec<(usize, &Holiday)> = list.calendar.holidays.iter().enumerate().collect();
    sorted.sort_by_key(|(index, holiday)| (span(holiday), *index));
    let mut pairs = 0;
    for (at, (_, one)) in sorted.iter().enumerate() {
        for (index, other) in sorted.iter().skip(at + 1) {
            if span(other).0 >= span(one).1 || pairs >= MAX_PAIRS {
                break;
            }
            if same_place(one, other) {
                pairs += 1;
                let finding = Finding::new(FindingCode::HolidaysOverlap)
                    .at(format!("calendar.holidays[{index}]"))
                    .text("holiday", &one.name);
                found.push(finding.text("other_holiday", &other.name));
            }
        }
    }
}

fn same_place(one: &Holiday, other: &Holiday) -> bool {
    one.places.is_empty()
        || other.places.is_empty()
        || one.places.iter().any(|place| other.places.contains(place))
}
