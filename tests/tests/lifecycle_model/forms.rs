//! Orders: filled in at random, mostly well, written as the library reads them, and judged by the rules.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::model::{Ask, Form, Model, Span};
use crate::people::{Reasons, Verdict};
use crate::world::World;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Days that end before the clocks change, so that a clock is a fixed number of minutes ahead.
const DAYS: usize = 6;

/// An order at one of the client's sites; now and then with something wrong in it.
pub(crate) fn fill_in(model: &Model, dice: &mut Dice, client: usize) -> Form {
    let elsewhere = dice.once_in(40);
    let site = (if elsewhere { (client + 1) % model.clients.len() } else { client }, dice.of(2));
    let count = if dice.once_in(60) { 0 } else { 1 + dice.of(2) };
    let spans = (0..count).map(|_| span(model, dice)).collect();
    let name = format!("Order {}", dice.of(1000));
    Form { name, site, spans, note: note(dice) }
}

pub(crate) fn note(dice: &mut Dice) -> Option<String> {
    dice.once_in(3).then(|| format!("Note {}", dice.of(50)))
}

/// Start and end on the hour, today or within days: few enough that people meet.
pub(crate) fn times(model: &Model, dice: &mut Dice) -> (i64, i64) {
    let today = model.now.div_euclid(DAY) * DAY;
    let start = today + i64::try_from(dice.of(DAYS)).unwrap() * DAY + dice.pick(&[0, 4, 6, 8, 12, 18]) * HOUR;
    let length = if dice.once_in(50) { dice.pick(&[0, -2, 49, 48]) } else { dice.pick(&[4, 6, 9]) };
    let far = if dice.once_in(200) { 733 * DAY } else { 0 };
    (start + far, start + far + length * HOUR)
}

fn span(model: &Model, dice: &mut Dice) -> Span {
    let (start, end) = times(model, dice);
    let pause = if dice.once_in(60) { 9 * HOUR } else { dice.pick(&[0, 0, 30, 60]) };
    let asks = if dice.once_in(80) { 0 } else { 1 + usize::from(dice.once_in(4)) };
    let ask = |dice: &mut Dice| Ask {
        // Mostly waiters and cooks, seldom what has no price, and seldom what nobody can order.
        skill: if dice.once_in(8) {
            2
        } else if dice.once_in(40) {
            3
        } else {
            dice.of(2)
        },
        lead: dice.once_in(5),
        heads: if dice.once_in(80) { dice.pick(&[0, 501]) } else { 1 + dice.of(2) },
    };
    Span { start, end, pause, asks: (0..asks).map(|_| ask(dice)).collect() }
}

/// As the library reads it. The times are those of the site's clock.
pub(crate) fn written(world: &World, form: &Form) -> Value {
    let model = &world.model;
    let ask = |ask: &Ask| {
        let role = if ask.lead { "lead" } else { "staff" };
        json!({ "skill": world.skill(ask.skill), "role": role, "headcount": ask.heads })
    };
    let span = |span: &Span| {
        json!({
            "start": model.local(form.site, span.start),
            "end": model.local(form.site, span.end),
            "break_minutes": span.pause,
            "positions": span.asks.iter().map(ask).collect::<Vec<_>>(),
        })
    };
    json!({
        "name": form.name,
        "site": model.site(form.site),
        "note": form.note,
        "shifts": form.spans.iter().map(span).collect::<Vec<_>>(),
    })
}

/// What is wrong with times at all: the end comes after the start, within 48 hours, and the break is shorter.
pub(crate) fn times_wrong(reasons: &mut Reasons, start: i64, end: i64, pause: i64) {
    reasons
        .when(end <= start, "end_before_start")
        .when(end - start > 48 * HOUR, "shift_too_long")
        .when(pause >= end - start, "break_too_long");
}

impl Model {
    /// Whether this client can order at all.
    pub(crate) fn can_order(&self, client: usize) -> bool {
        self.clients[client].ordering.unwrap_or(true)
    }

    /// What is wrong with an order. Skills that stood in it before stay allowed.
    pub(crate) fn judge(&self, client: usize, form: &Form, before: Option<&Form>) -> Verdict {
        let mut reasons = Reasons::default();
        reasons.when(form.site.0 != client, "site_unknown").when(form.spans.is_empty(), "too_few");
        for span in &form.spans {
            times_wrong(&mut reasons, span.start, span.end, span.pause);
            reasons
                .when(span.start < self.now, "in_the_past")
                .when(span.start - self.now > 2 * 366 * DAY, "too_far_ahead")
                .when(span.asks.is_empty(), "too_few");
            for ask in &span.asks {
                let stood = before.is_some_and(|form| {
                    form.spans.iter().flat_map(|span| &span.asks).any(|old| old.skill == ask.skill)
                });
                let narrowed = &self.clients[client].narrowed;
                let offered = ask.skill < 3 && narrowed.as_ref().is_none_or(|list| list.contains(&ask.skill));
                reasons
                    .when(!(1..=500).contains(&ask.heads), "out_of_range")
                    .when(!stood && !offered, "skill_not_orderable");
            }
        }
        reasons.verdict()
    }
}
