//! Why a rule applies: its conditions and those of the rules around it, in words.

use super::words::{self, and, duration, or, pick};
use crate::pricing::list::{
    Between, Calendar, Condition, Key, Per, PriceList, Rule, Unit, Weekday, Window, WorkerAttributes,
};
use crate::shifts::model::Role;
use crate::values::Locale;

/// A rule with the conditions that it stands under, from the outermost on.
pub(super) struct Found<'l> {
    pub list: &'l PriceList,
    pub rule: &'l Rule,
    within: Vec<&'l Condition>,
    /// Chains of conditions that must not hold, each as a whole.
    unless: Vec<Vec<&'l Condition>>,
}

/// The rule of this id in a list, however deep it stands.
pub(super) fn find<'l>(list: &'l PriceList, id: &str) -> Option<Found<'l>> {
    let mut found = None;
    search(&list.rules, id, &mut Vec::new(), &mut Vec::new(), &mut |rule, within, unless| {
        found = Some(Found { list, rule, within: within.to_vec(), unless: unless.to_vec() });
    });
    found
}

type Seen<'s, 'l> = &'s mut dyn FnMut(&'l Rule, &[&'l Condition], &[Vec<&'l Condition>]);

fn search<'l>(
    rules: &'l [Rule],
    id: &str,
    within: &mut Vec<&'l Condition>,
    unless: &mut Vec<Vec<&'l Condition>>,
    seen: Seen<'_, 'l>,
) {
    for rule in rules {
        within.push(&rule.when);
        if rule.id.as_str() == id {
            seen(rule, within, unless);
        }
        search(&rule.rules, id, within, unless, seen);
        let own = within.clone();
        within.pop();
        if !rule.otherwise.is_empty() {
            unless.push(own);
            search(&rule.otherwise, id, within, unless, seen);
            unless.pop();
        }
    }
}

impl Found<'_> {
    /// `applies after 8 h in the shift and on Saturdays`, `s'applique toujours`. `holidays` are those of the line.
    pub(super) fn applies(&self, holidays: &[&str], locale: Locale) -> String {
        let mut parts: Vec<String> = unit(&self.rule.unit, locale).into_iter().collect();
        parts.extend(self.conditions(&self.within, holidays, locale));
        let verb = pick(locale, "applies", "s'applique");
        let mut text = match (locale, parts.is_empty()) {
            (Locale::En, true) => "always applies".to_owned(),
            (Locale::Fr, true) => "s'applique toujours".to_owned(),
            (_, false) => format!("{verb} {}", and(&parts, locale)),
        };
        for chain in &self.unless {
            let not = and(&self.conditions(chain, &[], locale), locale);
            text = format!("{text} {} {not}", pick(locale, "except", "sauf"));
        }
        text
    }

    fn conditions(&self, chain: &[&Condition], holidays: &[&str], locale: Locale) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in chain.iter().flat_map(|one| condition(one, &self.list.calendar, holidays, locale)) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }
}

fn unit(unit: &Unit, locale: Locale) -> Option<String> {
    let after = |minutes: u32, en: &str, fr: &str| {
        let minutes = duration(minutes.into(), locale);
        match locale {
            Locale::En => format!("after {minutes} {en}"),
            Locale::Fr => format!("après {minutes} {fr}"),
        }
    };
    Some(match unit {
        Unit::Worked {} | Unit::Kilometre {} | Unit::Piece { .. } => return None,
        Unit::Planned {} => pick(locale, "to the planned time", "au temps prévu").to_owned(),
        Unit::BeyondPlan {} => pick(locale, "beyond the planned time", "au-delà du temps prévu").to_owned(),
        Unit::InShiftAfter { minutes } => after(*minutes, "in the shift", "de service"),
        Unit::PerDayAfter { minutes } => after(*minutes, "on the day", "dans la journée"),
        Unit::PerWeekAfter { minutes, weeks: 1 } => after(*minutes, "in the week", "dans la semaine"),
        Unit::PerWeekAfter { minutes, weeks } => {
            after(*minutes, &format!("in {weeks} weeks"), &format!("en {weeks} semaines"))
        }
        Unit::MinimumCall { minutes, percent_of_planned, at_most_planned } => {
            minimum(*minutes, percent_of_planned.decimal(), *at_most_planned, locale)
        }
        Unit::Flat { per } => match per {
            Per::Slot => pick(locale, "once for each person", "une fois par personne"),
            Per::Position => pick(locale, "once for the position", "une fois pour le poste"),
            Per::Day => pick(locale, "once for each person and day", "une fois par personne et par jour"),
            Per::Order => pick(locale, "once for the order", "une fois pour la commande"),
        }
        .to_owned(),
    })
}

fn minimum(minutes: u32, share: rust_decimal::Decimal, at_most_planned: bool, locale: Locale) -> String {
    let mut least = Vec::new();
    if minutes > 0 {
        least.push(duration(minutes.into(), locale));
    }
    if !share.is_zero() {
        let share = words::percent(share, locale);
        least.push(match locale {
            Locale::En => format!("{share} of the planned time"),
            Locale::Fr => format!("{share} du temps prévu"),
        });
    }
    let start = pick(locale, "up to the minimum of", "jusqu'au minimum de");
    let end = match (at_most_planned, locale) {
        (false, _) => "",
        (true, Locale::En) => " but not beyond the planned time",
        (true, Locale::Fr) => " sans dépasser le temps prévu",
    };
    format!("{start} {}{end}", or(&least, locale))
}

fn condition(when: &Condition, calendar: &Calendar, holidays: &[&str], locale: Locale) -> Vec<String> {
    let mut parts: Vec<Option<String>> = Vec::new();
    parts.push(when.window.as_ref().map(|code| {
        let window = calendar.windows.iter().find(|window| window.code == *code);
        let times = window.map_or_else(String::new, |window| format!(" ({})", hours(window, locale)));
        format!("{} {code}{times}", pick(locale, "in the window", "dans la plage"))
    }));
    parts.push((!when.weekdays.is_empty()).then(|| days(&when.weekdays, locale)));
    parts.push(when.holiday.map(|on| holiday(on, holidays, locale)));
    parts.push((!when.skills.is_empty()).then(|| {
        let skills: Vec<&str> = when.skills.iter().map(Key::as_str).collect();
        let start = match skills.len() {
            1 => pick(locale, "for the skill", "pour la compétence"),
            _ => pick(locale, "for the skills", "pour les compétences"),
        };
        format!("{start} {}", or(&skills, locale))
    }));
    parts.push(when.role.map(|role| {
        let text = match role {
            Role::Staff => pick(locale, "for staff", "pour le personnel"),
            Role::Lead => pick(locale, "for leads", "pour les chefs d'équipe"),
        };
        text.to_owned()
    }));
    parts.push(when.length_minutes.and_then(|between| length(between, locale)));
    parts.push(when.headcount.and_then(|between| heads(between, locale)));
    parts.push(when.lead_time_minutes.and_then(|between| lead_time(between, locale)));
    parts.extend(when.worker.iter().flat_map(|worker| worker_parts(worker, locale)).map(Some));
    parts.into_iter().flatten().collect()
}

fn days(days: &[Weekday], locale: Locale) -> String {
    let days = words::weekdays(days, locale);
    match locale {
        Locale::En => format!("on {days}"),
        Locale::Fr => days,
    }
}

fn hours(window: &Window, locale: Locale) -> String {
    let time = |minutes: u16| words::time(minutes.into(), locale);
    let (from, to) = (time(window.from.minutes()), time(window.to.minutes()));
    let days = (!window.weekdays.is_empty()).then(|| words::weekdays(&window.weekdays, locale));
    match (locale, days) {
        (Locale::En, None) => format!("{from} to {to}"),
        (Locale::En, Some(days)) => format!("{from} to {to}, beginning on {days}"),
        (Locale::Fr, None) => format!("de {from} à {to}"),
        (Locale::Fr, Some(days)) => format!("de {from} à {to}, à partir {}", beginning(&days)),
    }
}

/// `les samedis` with `de` before it.
fn beginning(days: &str) -> String {
    days.strip_prefix("les ").map_or_else(|| days.to_owned(), |days| format!("des {days}"))
}

fn holiday(on: bool, names: &[&str], locale: Locale) -> String {
    let names_text = and(names, locale);
    match (on, names, locale) {
        (false, _, _) => pick(locale, "outside holidays", "hors jours fériés").to_owned(),
        (true, [], _) => pick(locale, "on holidays", "les jours fériés").to_owned(),
        (true, [_], Locale::En) => format!("on the holiday {names_text}"),
        (true, [_], Locale::Fr) => format!("le jour férié {names_text}"),
        (true, _, Locale::En) => format!("on the holidays {names_text}"),
        (true, _, Locale::Fr) => format!("les jours fériés {names_text}"),
    }
}

fn length(between: Between, locale: Locale) -> Option<String> {
    let time = |minutes: u32| duration(minutes.into(), locale);
    Some(match (between.over, between.up_to, locale) {
        (None, None, _) => return None,
        (Some(over), None, Locale::En) => format!("for shifts of more than {}", time(over)),
        (None, Some(most), Locale::En) => format!("for shifts of at most {}", time(most)),
        (Some(over), Some(most), Locale::En) => {
            format!("for shifts of more than {} and at most {}", time(over), time(most))
        }
        (Some(over), None, Locale::Fr) => format!("pour les services de plus de {}", time(over)),
        (None, Some(most), Locale::Fr) => format!("pour les services d'au plus {}", time(most)),
        (Some(over), Some(most), Locale::Fr) => {
            format!("pour les services de plus de {} et d'au plus {}", time(over), time(most))
        }
    })
}

fn heads(between: Between, locale: Locale) -> Option<String> {
    let people = |count: u32| words::people(count, locale);
    let more = |count: u32| match (locale, count) {
        (Locale::En, _) => format!("more than {}", people(count)),
        (Locale::Fr, 1) => "plus d'une personne".to_owned(),
        (Locale::Fr, _) => format!("plus de {}", people(count)),
    };
    let most = |count: u32| format!("{} {}", pick(locale, "at most", "au plus"), people(count));
    let start = pick(locale, "for", "pour");
    Some(match (between.over, between.up_to) {
        (None, None) => return None,
        (Some(over), None) => format!("{start} {}", more(over)),
        (None, Some(up_to)) => format!("{start} {}", most(up_to)),
        (Some(over), Some(up_to)) => {
            format!("{start} {} {} {}", more(over), pick(locale, "and", "et"), most(up_to))
        }
    })
}

fn lead_time(between: Between, locale: Locale) -> Option<String> {
    let time = |minutes: u32| duration(minutes.into(), locale);
    let amount = match (between.over, between.up_to, locale) {
        (None, None, _) => return None,
        (Some(over), None, Locale::En) => format!("more than {}", time(over)),
        (None, Some(most), Locale::En) => format!("at most {}", time(most)),
        (Some(over), Some(most), Locale::En) => {
            format!("more than {} and at most {}", time(over), time(most))
        }
        (Some(over), None, Locale::Fr) => format!("plus de {}", time(over)),
        (None, Some(most), Locale::Fr) => format!("au plus {}", time(most)),
        (Some(over), Some(most), Locale::Fr) => {
            format!("plus de {} et au plus {}", time(over), time(most))
        }
    };
    Some(match locale {
        Locale::En => format!("for orders placed {amount} before the start"),
        Locale::Fr => format!("pour les commandes passées {amount} avant le début"),
    })
}

fn worker_parts(worker: &WorkerAttributes, locale: Locale) -> Vec<String> {
    let qualified = worker.qualified.map(|qualified| {
        if qualified {
            pick(locale, "for qualified workers", "pour les travailleurs qualifiés").to_owned()
        } else {
            pick(locale, "for workers who are not qualified", "pour les travailleurs non qualifiés")
                .to_owned()
        }
    });
    let grade = worker
        .grade
        .as_ref()
        .map(|grade| format!("{} {grade}", pick(locale, "for the grade", "pour l'échelon")));
    qualified.into_iter().chain(grade).collect()
}
