//! What the checks say of random lists, held against what the engine does with them.

use serde_json::{Value, json};
use staffgate::pricing::checks::{Detail, Finding, FindingCode, WeekSpan, check};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::Book;
use staffgate::pricing::estimate::Estimate;
use staffgate::pricing::list::PriceList;
use staffgate::values::{Currency, Locale};

use crate::checks::skills;
use crate::help::list;

/// Numbers that are random enough and the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()].clone()
    }

    fn when(&mut self, with_ranges: bool) -> Value {
        let mut when = json!({});
        let mut put = |name: &str, value: Value| when[name] = value;
        match self.below(5) {
            0 => put("window", json!("day")),
            1 => put("window", json!("night")),
            2 => put("window", json!("weekend_night")),
            _ => {}
        }
        if self.below(3) == 0 {
            put("skills", self.one(&[json!(["a"]), json!(["b"]), json!(["a", "b"])]));
        }
        if self.below(3) == 0 {
            put("role", self.one(&[json!("staff"), json!("lead")]));
        }
        if self.below(4) == 0 {
            put(
                "weekdays",
                self.one(&[
                    json!(["monday", "wednesday"]),
                    json!(["saturday", "sunday"]),
                    json!(["wednesday"]),
                ]),
            );
        }
        if self.below(5) == 0 {
            put("holiday", self.one(&[json!(true), json!(false)]));
        }
        if with_ranges && self.below(3) == 0 {
            let range = self.one(&[
                json!({ "up_to": 300 }),
                json!({ "over": 300 }),
                json!({ "over": 120, "up_to": 480 }),
            ]);
            put(self.one(&["length_minutes", "headcount"]), range);
        }
        when
    }

    /// A list of hourly rules, nested and with elses; each id begins with the letter.
    fn list(&mut self, with_ranges: bool) -> Vec<Value> {
        let count = 1 + self.below(4);
        let mut rules: Vec<Value> = Vec::new();
        for number in 0..count {
            let mut rule = self.rule(&format!("{number}"), with_ranges);
            if self.below(3) == 0 {
                rule["otherwise"] = json!([self.rule(&format!("{number}e"), with_ranges)]);
            }
            if self.below(4) == 0 {
                rule["rules"] = json!([self.rule(&format!("{number}n"), with_ranges)]);
            }
            rules.push(rule);
        }
        rules
    }

    fn rule(&mut self, id: &str, with_ranges: bool) -> Value {
        let amount = format!("{}", 10 + self.below(30));
        json!({ "id": id, "when": self.when(with_ranges), "priority": self.below(2),
            "rate": { "kind": "per_hour", "amount": amount } })
    }
}

fn made(rules: &Value) -> PriceList {
    list(json!({ "rules": rules, "calendar": {
        "windows": [{ "code": "day", "from": "06:00", "to": "22:00" }, { "code": "night", "from": "20:00", "to": "06:00" },
            { "code": "weekend_night", "from": "22:00", "to": "07:30", "weekdays": ["friday", "saturday", "sunday"] }],
        "holidays": [{ "name": "Half a day", "from": "2026-06-03T12:00", "to": "2026-06-04T00:00" }] } }))
}

/// A short shift that no edge cuts, so many minutes after Monday; that Wednesday afternoon is a holiday.
fn short(minute: i64, skill: &str, role: &str) -> Demand {
    demand(minute, 5, skill, role, 1)
}

fn demand(minute: i64, length: i64, skill: &str, role: &str, headcount: u32) -> Demand {
    let at = |minute: i64| {
        let monday = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        (monday + chrono::Duration::minutes(minute)).format("%Y-%m-%dT%H:%M").to_string()
    };
    serde_json::from_value(
        json!({ "zone": "UTC", "positions": [{ "headcount": headcount, "skill": skill, "role": role,
        "start": at(minute), "end": at(minute + length) }] }),
    )
    .unwrap()
}

fn minutes() -> impl Iterator<Item = i64> {
    (0..7 * 24).map(|half| half * 60 + 37)
}

fn is_holiday(minute: i64) -> bool {
    (2 * 1440 + 720..3 * 1440).contains(&minute)
}

fn gap(findings: &[Finding], skill: &str, role: &str) -> Option<Vec<WeekSpan>> {
    let detail = |finding: &Finding, name: &str| {
        finding.details.iter().find(|(key, _)| *key == name).map(|(_, detail)| detail.clone())
    };
    let of = findings.iter().find(|finding| {
        finding.code == FindingCode::CoverageGap
            && detail(finding, "skill_id").unwrap().said(Locale::En) == skill
            && detail(finding, "role").unwrap().said(Locale::En) == role
    })?;
    match detail(of, "times") {
        Some(Detail::Times(spans)) => Some(spans),
        other => panic!("{other:?}"),
    }
}

fn within(spans: &[WeekSpan], minute: i64, on_holidays: bool) -> bool {
    let inside =
        |span: &&WeekSpan| span.from <= minute && minute < span.to && span.on_holidays == on_holidays;
    spans.iter().any(|span| inside(&span))
}

#[test]
fn what_has_no_price_is_what_the_checks_say_has_none() {
    let mut random = Random(1);
    let (mut gaps, mut unpriced) = (0, 0);
    for _ in 0..100 {
        let rules = json!(random.list(false));
        let list = made(&rules);
        let Ok(book) = Book::new(Currency::EUR, std::slice::from_ref(&list)) else { continue };
        let findings = check(&list, &[], &skills(&["a", "b", "c"]));
        for (skill, role) in [("a", "staff"), ("b", "lead"), ("c", "staff"), ("c", "lead")] {
            let missing = findings.iter().any(|finding| {
                finding.code == FindingCode::CoverageMissing
                    && finding.message(Locale::En).starts_with(&format!("{skill} ({role})"))
            });
            let spans = gap(&findings, skill, role).unwrap_or_default();
            gaps += usize::from(!spans.is_empty());
            for minute in minutes() {
                let feast = is_holiday(minute);
                let said = missing || within(&spans, minute, feast);
                if feast && !said && within(&spans, minute, false) {
                    // What is missing on other days is not said for holidays again.
                    continue;
                }
                let estimate = book.estimate(&short(minute, skill, role)).unwrap();
                let is_unpriced = matches!(estimate, Estimate::Unpriced { .. });
                unpriced += usize::from(is_unpriced);
                assert_eq!(is_unpriced, said, "{skill} {role} at {minute}: {spans:?} {rules}");
            }
        }
    }
    assert!(gaps > 50 && unpriced > 5000, "{gaps} {unpriced}");
}

#[test]
fn without_ambiguity_the_ids_of_rules_mean_nothing() {
    let mut random = Random(2);
    let (mut clear, mut ambiguous, mut differ) = (0, 0, 0);
    for _ in 0..150 {
        let rules = json!(random.list(true));
        let list = made(&rules);
        let renamed = rules.to_string();
        let renamed = ["0", "1", "2", "3"].iter().fold(renamed, |text, number| {
            let other = 9 - number.parse::<u32>().unwrap();
            text.replace(&format!("\"id\":\"{number}"), &format!("\"id\":\"{other}"))
        });
        let renamed = made(&serde_json::from_str(&renamed).unwrap());
        let books = [&list, &renamed].map(|list| Book::new(Currency::EUR, std::slice::from_ref(list)));
        let [Ok(one), Ok(other)] = books else { continue };
        let is_ambiguous = check(&list, &[], &[])
            .iter()
            .any(|finding| matches!(finding.code, FindingCode::Ambiguous | FindingCode::WindowOverlap));
        *(if is_ambiguous { &mut ambiguous } else { &mut clear }) += 1;
        for _ in 0..40 {
            let minute = i64::try_from(random.below(7 * 24)).unwrap() * 60 + 37;
            let (skill, role) = (random.one(&["a", "b", "c"]), random.one(&["staff", "lead"]));
            let (length, heads) =
                (random.one(&[5, 121, 300, 301, 481, 1500]), random.one(&[1, 121, 301, 481]));
            let wanted = demand(minute, length, skill, role, heads);
            let net = |book: &Book| match book.estimate(&wanted).unwrap() {
                Estimate::Priced(priced) => Some(priced.net),
                _ => None,
            };
            let same = net(&one) == net(&other);
            differ += usize::from(!same);
            assert!(same || is_ambiguous, "{length} {heads} {skill} {role} at {minute}: {rules}");
        }
    }
    assert!(clear > 40 && ambiguous > 40 && differ > 40, "{clear} {ambiguous} {differ}");
}

#[test]
fn rules_that_never_apply_price_nothing() {
    let mut random = Random(3);
    let (mut never, mut priced) = (0, 0);
    for _ in 0..150 {
        let rules = json!(random.list(true));
        let list = made(&rules);
        let Ok(book) = Book::new(Currency::EUR, std::slice::from_ref(&list)) else { continue };
        let findings = check(&list, &[], &[]);
        let dead: Vec<String> = findings
            .iter()
            .filter(|finding| matches!(finding.code, FindingCode::RuleNever | FindingCode::Shadowed))
            .flat_map(|finding| finding.rules.iter().map(ToString::to_string))
            .collect();
        never += dead.len();
        for _ in 0..40 {
            let minute = i64::try_from(random.below(7 * 24)).unwrap() * 60 + 37;
            let (skill, role) = (random.one(&["a", "b", "c"]), random.one(&["staff", "lead"]));
            let (length, heads) = (random.one(&[5, 121, 300, 301, 481]), random.one(&[1, 121, 301, 481]));
            if let Estimate::Priced(estimate) =
                book.estimate(&demand(minute, length, skill, role, heads)).unwrap()
            {
                priced += 1;
                for line in &estimate.lines {
                    assert!(!dead.contains(&line.rule.to_string()), "{} in {rules}", line.rule);
                }
            }
        }
    }
    assert!(never > 20 && priced > 1000, "{never} {priced}");
}
