//! Projects are renamed, and their teams shared.

use serde_json::json;

use super::{Done, agreed, done, instead, planner, recent};
use crate::dice::Dice;
use crate::model::Model;
use crate::views::Thing;
use crate::world::World;

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.projects, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let project = &world.model.projects[number];
    let id = &project.id;
    let name = format!("Project {}", dice.of(100));
    let (operation, input) = match dice.of(4) {
        0 => ("projects.rename", json!({ "project": id, "name": name })),
        1 => ("projects.publish_team", json!({ "project": id })),
        2 => ("projects.set_sharing", json!({ "project": id, "team_immediately": true })),
        _ => ("projects.set_sharing", json!({ "project": id, "team_immediately": false })),
    };
    let expected = Model::at_agency(who, "plan_shifts");
    let came = world.call(who, operation, &input);
    let now = world.model.now;
    if agreed(&expected, &came) {
        let project = &mut world.model.projects[number];
        match operation {
            "projects.rename" => project.name = name,
            "projects.publish_team" => project.published = Some(now),
            _ => project.immediately = input["team_immediately"] == true,
        }
    }
    let shifts = world.model.shifts_of(number).into_iter().map(Thing::Shift);
    let touched = shifts.chain([Thing::Project(number)]).collect();
    done(format!("{who:?}: {operation} {number}"), expected, &came, touched)
}
