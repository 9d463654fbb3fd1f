//! Taking a person out of records. No Tx. One rule: what counts stays (bookings, proposals of a selection that is over,
//! messages, feedback, memberships) and says [`ERASED`] in place of the name; what says nothing but the person goes.

use crate::attendance::model::WorkerPapers;
use crate::candidates::model::{Candidate, CandidateState, Feedback, Job, Person};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::links::model::{Link, LinkTarget};
use crate::messages::model::Message;
use crate::selection::model::{Selection, SelectionState};
use crate::shifts::model::{Booking, BookingState, CancelledBy, Shift, StaffPreferences, Worker, WorkerDay};
use crate::users::model::User;
use crate::values::{Bounded, Email, Instant, Text, UserId, WorkerId};

/// What stands in place of a name, in every language.
pub const ERASED: &str = "erased";

fn nobody<const MAX: usize>() -> Result<Text<MAX>, Refusal> {
    Ok(Text::parse(ERASED)?)
}

/// An address that is nobody's and reaches nobody.
pub fn no_address(user: UserId) -> Result<Email, Refusal> {
    Ok(Email::parse(&format!("{user}@erased.invalid"))?)
}

/// Who is booked for what has not ended is not erased: somebody waits for them there.
pub fn is_free(days: &[WorkerDay], now: Instant) -> Result<(), Refusal> {
    let holds = |until: Option<Instant>| until.is_none_or(|until| now < until);
    let mut entries = days.iter().flat_map(|day| &day.entries);
    match entries.find(|entry| now < entry.ends_at && holds(entry.until)) {
        None => Ok(()),
        Some(entry) => Err(Refusal::new(Code::WorkerIsBooked)
            .at("worker")
            .with("shift", entry.shift)
            .with("booking", entry.booking)
            .with("until", entry.ends_at)),
    }
}

/// What is left of a worker's own row.
pub fn worker(worker: &Worker, now: Instant) -> Result<Worker, Refusal> {
    Ok(Worker {
        id: worker.id,
        name: nobody()?,
        phone: None,
        picture: None,
        skills: Bounded::default(),
        archived: true,
        host_id: None,
        erased_at: Some(now),
    })
}

pub fn papers(worker: WorkerId) -> WorkerPapers {
    WorkerPapers::of(worker)
}

/// Takes the worker's name, phone and picture off the bookings, and ends proposals to nobody, which it returns. Who
/// was booked when, for how long and for which pay stays: money rests on it.
pub fn shift(shift: &mut Shift, worker: WorkerId, now: Instant) -> Result<Vec<Booking>, Refusal> {
    let name: Text<120> = nobody()?;
    let mut ended = Vec::new();
    let bookings = shift.positions.iter_mut().flat_map(|position| position.bookings.iter_mut());
    for booking in bookings.filter(|booking| booking.worker == worker) {
        booking.name = name.clone();
        (booking.phone, booking.picture) = (None, None);
        if booking.state == BookingState::Proposed {
            booking.state = BookingState::Cancelled;
            booking.cancelled_by = Some(CancelledBy::Agency);
            booking.changed_at = now;
            ended.push(booking.clone());
        }
    }
    Ok(ended)
}

/// Takes the agency's words on the worker out, and the worker out of a choice that is still to be made or carried out.
pub fn selection(selection: &mut Selection, worker: WorkerId, now: Instant) -> Result<(), Refusal> {
    let is_open = matches!(
        selection.state_at(now),
        SelectionState::Draft | SelectionState::Offered | SelectionState::Submitted
    );
    let mut proposals = std::mem::take(&mut selection.proposals).into_vec();
    for proposal in proposals.iter_mut().filter(|proposal| proposal.worker == worker) {
        proposal.note = None;
        if is_open {
            (proposal.dropped, proposal.chosen, proposal.shortlisted) = (true, false, false);
        }
    }
    selection.proposals = Bounded::new(proposals)?;
    selection.revision += 1;
    Ok(())
}

/// What a client thinks of the worker says nothing without the worker.
pub fn preferences(kept: &mut StaffPreferences, worker: WorkerId) -> Result<usize, Refusal> {
    let mut list = std::mem::take(&mut kept.list).into_vec();
    let before = list.len();
    list.retain(|entry| entry.worker != worker);
    let gone = before - list.len();
    kept.list = Bounded::new(list)?;
    Ok(gone)
}

/// Takes the person out of a candidate, who is on no portal and in no list from then on. The job counts it still, and
/// no more among those whom clients see.
pub fn candidate(candidate: &mut Candidate, job: &mut Job, now: Instant) -> Result<(), Refusal> {
    if candidate.state == CandidateState::OnPortal {
        job.shown_candidates = job.shown_candidates.saturating_sub(1);
    }
    candidate.state = CandidateState::Removed;
    candidate.person = Person { name: nobody()?, email: None, phone: None, picture: None };
    (candidate.summary, candidate.anonymous_summary) = (None, None);
    (candidate.internal_note, candidate.review_note) = (None, None);
    (candidate.documents, candidate.activities) = (Bounded::default(), Bounded::default());
    (candidate.shows_contact, candidate.shown_at) = (false, None);
    candidate.erased_at = Some(now);
    Ok(())
}

/// What somebody at the client wrote of an erased candidate says nothing without them.
pub fn feedback_on(feedback: &mut Feedback) {
    feedback.note = None;
}

/// What somebody said stays; who said it goes.
pub fn feedback_by(feedback: &mut Feedback) -> Result<(), Refusal> {
    feedback.user_name = nobody()?;
    feedback.author_erased = true;
    Ok(())
}

/// What is left of a user's own row.
pub fn user(user: &User, now: Instant) -> Result<User, Refusal> {
    Ok(User {
        id: user.id,
        name: nobody()?,
        email: no_address(user.id)?,
        locale: None,
        link: None,
        created_at: user.created_at,
        joined_at: user.joined_at,
        erased_at: Some(now),
    })
}

/// What was written stays with the thread; who wrote it goes.
pub fn message(message: &mut Message) -> Result<(), Refusal> {
    message.author_name = nobody()?;
    message.author_erased = true;
    Ok(())
}

/// Whose invitation it was, and where it was used from.
pub fn link(link: &mut Link) -> Result<(), Refusal> {
    if let LinkTarget::User { user, email, .. } = &mut link.target {
        *email = no_address(*user)?;
    }
    link.last_source = None;
    link.erased = true;
    Ok(())
}

/// Whether a link's last use may have been by somebody of the client who joined with it.
pub fn may_tell_of(link: &Link) -> bool {
    matches!(link.target, LinkTarget::Client { .. }) && link.last_source.is_some()
}
