//! The schema and the policies as they stand in `policies/`, and policies that are broken on purpose.

use std::str::FromStr;

use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};

use crate::Fallible;

/// File and text of every part of the policies.
pub const FILES: &[(&str, &str)] = &[
    ("bounds.cedar", include_str!("../policies/bounds.cedar")),
    ("agency.cedar", include_str!("../policies/agency.cedar")),
    ("clients.cedar", include_str!("../policies/clients.cedar")),
    ("candidates.cedar", include_str!("../policies/candidates.cedar")),
    ("team.cedar", include_str!("../policies/team.cedar")),
    ("links.cedar", include_str!("../policies/links.cedar")),
    ("questions.cedar", include_str!("../policies/questions.cedar")),
];

/// Policies that fit their schema.
#[derive(Debug)]
pub struct Policies {
    pub schema: Schema,
    pub set: PolicySet,
}

/// One text of the policies in place of another, which must stand there.
#[derive(Clone, Copy, Debug)]
pub struct Patch {
    pub file: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

pub fn schema() -> Fallible<Schema> {
    let (schema, warnings) = Schema::from_cedarschema_str(include_str!("../policies/portal.cedarschema"))?;
    match warnings.map(|warning| warning.to_string()).reduce(|one, other| format!("{one}; {other}")) {
        None => Ok(schema),
        Some(warnings) => Err(warnings.into()),
    }
}

impl Policies {
    /// As they stand.
    pub fn ours() -> Fallible<Self> {
        Self::patched(&[])
    }

    /// As they stand but for these changes.
    pub fn patched(patches: &[Patch]) -> Fallible<Self> {
        let mut texts = Vec::new();
        for (file, text) in FILES {
            let mut text = (*text).to_owned();
            for patch in patches.iter().filter(|patch| patch.file == *file) {
                if !text.contains(patch.from) {
                    return Err(format!("{file} does not hold what is to be changed: {}", patch.from).into());
                }
                text = text.replacen(patch.from, patch.to, 1);
            }
            texts.push(text);
        }
        let schema = schema()?;
        let set = parsed(&schema, &texts.concat())?;
        Ok(Self { schema, set })
    }

    /// The same with further policies.
    pub fn with(&self, further: &str) -> Fallible<PolicySet> {
        let mut set = self.set.clone();
        for policy in parsed(&self.schema, further)?.policies() {
            set.add(policy.clone())?;
        }
        Ok(set)
    }
}

/// Policies under their own names, checked against the schema.
pub fn parsed(schema: &Schema, text: &str) -> Fallible<PolicySet> {
    let read = PolicySet::from_str(text)?;
    let mut set = PolicySet::new();
    for policy in read.policies() {
        let id = policy.annotation("id").ok_or("a policy has no `@id`")?;
        set.add(policy.new_id(id.parse()?))?;
    }
    let validator = Validator::new(schema.clone());
    let result = validator.validate(&set, ValidationMode::Strict);
    let faults: Vec<String> = result
        .validation_errors()
        .map(ToString::to_string)
        .chain(result.validation_warnings().map(ToString::to_string))
        .collect();
    if faults.is_empty() { Ok(set) } else { Err(faults.join("\n").into()) }
}
