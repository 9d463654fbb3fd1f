//! Decisions about the agency's settings, over records alone.

use super::model::Skill;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{ContentHash, Text};

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

#[cfg(test)]
mod tests {
    use super::terms_hash;
    use crate::values::{ContentHash, Text};

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
}
