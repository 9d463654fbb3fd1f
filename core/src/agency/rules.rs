//! Decisions about the agency's settings, over records alone.

use super::model::{Skill, Terms, TermsAcceptance};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{ContentHash, Instant, Text, UserId};

/// The list of orderable skills holds active skills only.
pub fn may_be_orderable(skill: &Skill, position: usize) -> Result<(), Refusal> {
    if skill.archived {
        return Err(Refusal::new(Code::SkillArchived).at(format!("skills[{position}]")));
    }
    Ok(())
}

/// The hash by which a version of the terms is known: SHA-256 of `<bytes of the title>:<title><text>` in UTF-8.
///
/// The length keeps a title from running over into the text.
pub fn terms_hash(title: &Text<200>, text: &Text<200_000>) -> ContentHash {
    let title = title.as_str();
    ContentHash::of(format!("{}:{title}{}", title.len(), text.as_str()).as_bytes())
}

/// What is kept with an order: that this user accepted the version that is current now.
///
/// An agency without terms needs no acceptance. The paths are those of an input field `terms`.
pub fn accept_terms(
    current: Option<&Terms>,
    accepted: Option<&ContentHash>,
    user: UserId,
    at: Instant,
) -> Result<Option<TermsAcceptance>, Refusal> {
    match (current.map(|terms| &terms.current), accepted) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(Refusal::new(Code::TermsNotAccepted).at("terms")),
        (Some(current), Some(accepted)) if current == accepted => {
            Ok(Some(TermsAcceptance { user, at, terms: current.clone() }))
        }
        (_, Some(_)) => Err(Refusal::new(Code::TermsNotCurrent).at("terms")),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{accept_terms, terms_hash};
    use crate::agency::model::Terms;
    use crate::codes::Code;
    use crate::values::{AgencyId, ContentHash, Instant, Text, UserId};

    fn hash(title: &str, text: &str) -> ContentHash {
        terms_hash(&Text::parse(title).unwrap(), &Text::parse(text).unwrap())
    }

    #[test]
    fn a6_the_hash_is_of_the_content_and_a_title_does_not_run_over() {
        // printf '5:TermsPay in 14 days.' | sha256sum
        let expected = "643fc3b679ba817fab739a1b10f51720eab6f9844da0fd9c739600dd8ab04034";
        assert_eq!(hash("Terms", "Pay in 14 days.").as_str(), expected);
        assert_ne!(hash("Terms", "Pay"), hash("TermsP", "ay"));
    }

    #[test]
    fn l13_an_order_needs_acceptance_of_the_current_version() {
        let current = Terms { agency: AgencyId::new(Uuid::from_u128(1)), current: hash("a", "new") };
        let (user, at) = (UserId::new(Uuid::from_u128(2)), Instant::parse("2026-09-01T08:00:00Z").unwrap());
        let accept = |terms: Option<&Terms>, accepted: Option<ContentHash>| {
            accept_terms(terms, accepted.as_ref(), user, at)
        };
        let kept = accept(Some(&current), Some(hash("a", "new"))).unwrap().unwrap();
        assert_eq!((kept.user, kept.at, kept.terms), (user, at, hash("a", "new")));
        assert_eq!(accept(Some(&current), None).unwrap_err().code, Code::TermsNotAccepted);
        assert_eq!(accept(Some(&current), Some(hash("a", "old"))).unwrap_err().code, Code::TermsNotCurrent);
        assert_eq!(accept(None, Some(hash("a", "old"))).unwrap_err().code, Code::TermsNotCurrent);
        assert_eq!(accept(None, None), Ok(None));
    }
}
