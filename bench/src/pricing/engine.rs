//! The reference list as a price list of staffgate, and demands as its engine reads them.

use std::hint::black_box;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::{Book, Calculation, Zones};
use staffgate::pricing::list::PriceList;
use staffgate::values::Currency;

use super::inputs::Input;

type Failure = Box<dyn std::error::Error>;

/// The nine rules with the figures of one list. The books of a program share their time zones.
///
/// # Errors
/// When the engine refuses the list.
pub fn book(given: &Input, zones: &Arc<Zones>) -> Result<Book, Failure> {
    let list: PriceList = serde_json::from_value(list(given))?;
    Ok(Book::with_zones(Currency::EUR, &[list], Arc::clone(zones))?)
}

fn list(given: &Input) -> Value {
    let premium = |component: &str, percent: &str, when: Value, unit: Value| {
        json!({ "id": component, "component": component, "when": when, "unit": unit,
            "rate": { "kind": "percent", "percent": percent, "of": ["base"] } })
    };
    let worked = || json!({ "kind": "worked" });
    let always = || json!({});
    let components = ["base", "minimum", "night", "weekend", "holiday", "overtime"];
    let holidays = given.holidays.iter().map(|day| {
        json!({ "name": "Holiday", "from": format!("{day}T00:00"), "to": format!("{}T00:00", next(day)) })
    });
    json!({
        "id": "reference", "currency": "EUR", "valid_from": "1970-01-01",
        "vat": { "percent": given.vat_percent },
        "components": components.map(|code| json!({ "code": code, "name": code })),
        "calendar": {
            "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }],
            "holidays": holidays.collect::<Vec<Value>>(),
        },
        "policies": {
            "stacking": [],
            "rounding": { "kind": "duration", "mode": { "kind": "up" }, "step_minutes": given.rounding_minutes },
        },
        "rules": [
            { "id": "base", "rate": { "kind": "per_hour", "amount": given.hourly_rate } },
            premium("minimum", "100", always(), json!({ "kind": "minimum_call", "minutes": given.minimum_minutes })),
            premium("night", &given.night_percent, json!({ "window": "night" }), worked()),
            premium("weekend", &given.weekend_percent,
                json!({ "weekdays": ["saturday", "sunday"], "holiday": false }), worked()),
            premium("holiday", &given.holiday_percent, json!({ "holiday": true }), worked()),
            premium("overtime", &given.overtime_percent, always(),
                json!({ "kind": "in_shift_after", "minutes": given.overtime_after_minutes })),
        ],
    })
}

fn next(day: &str) -> String {
    let date: Option<chrono::NaiveDate> = day.parse().ok();
    date.and_then(|date| date.succ_opt()).map_or_else(String::new, |date| date.to_string())
}

/// The same list with so many more rules that no demand without a skill meets: each is of a skill of its own.
///
/// # Errors
/// When the engine refuses the list.
pub fn book_with(given: &Input, others: usize, zones: &Arc<Zones>) -> Result<Book, Failure> {
    let mut value = list(given);
    let other = |number: usize| {
        json!({ "id": format!("other-{number}"), "when": { "skills": [format!("skill-{number}")] },
            "rate": { "kind": "per_hour", "amount": "20.00" } })
    };
    if let Some(Value::Array(rules)) = value.get_mut("rules") {
        rules.extend((0..others).map(other));
    }
    let list: PriceList = serde_json::from_value(value)?;
    Ok(Book::with_zones(Currency::EUR, &[list], Arc::clone(zones))?)
}

/// # Errors
/// When a field is not what the engine takes.
pub fn demand(given: &Input) -> Result<Demand, Failure> {
    Ok(serde_json::from_value(json!({
        "zone": given.zone,
        "positions": [{ "headcount": given.headcount, "start": given.start, "end": given.end }],
    }))?)
}

/// What a demand costs with VAT; nothing if it has no price.
#[must_use]
pub fn total(book: &Book, demand: &Demand) -> Decimal {
    match black_box(book.calculate(demand)) {
        Ok(Calculation::Priced(priced)) => priced.totals.total.decimal(),
        _ => Decimal::ZERO,
    }
}
