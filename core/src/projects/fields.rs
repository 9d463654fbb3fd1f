//! The fields of a project as its client sees it, each with the law over it.

use crate::shifts::views::fields::PROGRESS;
use crate::visibility::table;

table! {
    SCHEDULE "ScheduleView" {
        Listed: id, mandate, accepted_at;
    }
    CLIENT_PROJECT "ClientProjectView" {
        Listed: id, name, schedules many SCHEDULE, created_at;
    }
    SCHEDULE_PROGRESS "ScheduleProgressView" {
        Listed: schedule, progress one PROGRESS;
    }
    SHIFT_PROGRESS "ShiftProgressView" {
        Listed: shift, schedule, starts_at, status, fill, progress one PROGRESS;
    }
    PROJECT_PROGRESS "ProjectProgressView" {
        Listed: project, total one PROGRESS, schedules many SCHEDULE_PROGRESS, shifts many SHIFT_PROGRESS;
    }
}
