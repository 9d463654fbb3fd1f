//! Workers change their names and phones, and are archived.

use serde_json::json;

use super::{Done, agreed, done, planner};
use crate::dice::Dice;
use crate::model::Model;
use crate::views::Thing;
use crate::world::World;

/// A new name or phone goes onto the bookings of shifts that have not ended.
pub(crate) fn update(world: &mut World, dice: &mut Dice) -> Done {
    let who = planner(dice);
    let number = dice.of(world.model.workers.len());
    let name = dice.once_in(2).then(|| format!("Worker {}", dice.of(90)));
    let phone = dice.once_in(3).then(|| format!("+49301234{}", 50 + dice.of(40)));
    let archived = dice.once_in(2).then(|| dice.once_in(3));
    let expected = Model::at_agency(who, "plan_shifts");
    let input = json!({
        "worker": world.model.workers[number].id, "name": name, "phone": phone, "archived": archived,
    });
    let came = world.call(who, "workers.update", &input);
    let mut touched = Vec::new();
    if agreed(&expected, &came) {
        let model = &mut world.model;
        let worker = &mut model.workers[number];
        let before = (worker.name.clone(), worker.phone.clone());
        worker.name = name.clone().unwrap_or(worker.name.clone());
        worker.phone = phone.clone().unwrap_or(worker.phone.clone());
        worker.archived = archived.unwrap_or(worker.archived);
        let differs = before != (worker.name.clone(), worker.phone.clone());
        for (at, shift) in model.shifts.iter_mut().enumerate() {
            let ahead = differs && shift.end > model.now;
            for booking in shift.bookings_mut() {
                if ahead && booking.worker == number && booking.holds() {
                    booking.name.clone_from(&worker.name);
                    booking.phone.clone_from(&worker.phone);
                    touched.push(Thing::Shift(at));
                }
            }
        }
    }
    done(format!("{who:?} updates {number}: {name:?} {phone:?} {archived:?}"), expected, &came, touched)
}
