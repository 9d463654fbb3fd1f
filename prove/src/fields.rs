//! The table of fields, written by hand (`policies/fields.txt`), beside the core's.

use std::collections::BTreeMap;

use crate::Fallible;

const TEXT: &str = include_str!("../policies/fields.txt");

/// A field, or with `.*` at the end everything inside one.
#[derive(Debug)]
struct Line {
    view: &'static str,
    action: &'static str,
    field: &'static str,
}

/// Which reading each field of each view is.
#[derive(Debug)]
pub struct Fields(Vec<Line>);

impl Fields {
    pub fn read() -> Fallible<Self> {
        let mut lines = Vec::new();
        for text in TEXT.lines().filter(|text| !text.is_empty() && !text.starts_with('#')) {
            let (head, fields) = text.split_once(": ").ok_or_else(|| format!("no fields in: {text}"))?;
            let (view, action) = head.split_once(' ').ok_or_else(|| format!("no action in: {text}"))?;
            lines.extend(fields.split_whitespace().map(|field| Line { view, action, field }));
        }
        Ok(Self(lines))
    }

    /// The reading that a field is; none if it does not stand in the table.
    pub fn action(&self, view: &str, field: &str) -> Option<&'static str> {
        let of_view = || self.0.iter().filter(|line| line.view == view);
        let named = of_view().find(|line| line.field == field);
        let within = || {
            of_view().find(|line| line.field.strip_suffix('*').is_some_and(|head| field.starts_with(head)))
        };
        named.or_else(within).map(|line| line.action)
    }

    /// Every action that a line names.
    pub fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|line| line.action)
    }

    /// Lines that name no field of these, which are all fields of all views by view.
    pub fn without_field(&self, known: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
        let is_there = |line: &&Line| {
            let fields = known.get(line.view).map(Vec::as_slice).unwrap_or_default();
            match line.field.strip_suffix('*') {
                None => fields.iter().any(|field| field == line.field),
                Some(head) => fields.iter().any(|field| field.starts_with(head)),
            }
        };
        let gone = self.0.iter().filter(|line| !is_there(line));
        gone.map(|line| format!("{}.{}", line.view, line.field)).collect()
    }
}
