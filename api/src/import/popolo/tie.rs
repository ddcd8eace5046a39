//! Who the ids in ties are.

use std::collections::HashMap;

use super::document::{Document, Tie};
use crate::format::popolo::Class;
use crate::import::Import;
use crate::write::text::nearest;

/// The kind of warning for ties that lead nowhere.
pub(super) const OUTSIDE: &str = "references to records that are not in the file";
/// For how many of those it is looked up what may have been meant.
const HINTS: usize = 100;

/// The slugs of all records.
pub(super) struct Ties<'a, 'd> {
    pub document: &'d Document<'a>,
    pub slugs: HashMap<(Class, String), String>,
}

impl Ties<'_, '_> {
    /// The slug of the record that a tie leads to. One that leads nowhere is told.
    pub fn slug(&self, import: &mut Import<'_>, class: Class, tie: &Tie<'_>) -> Option<String> {
        let found = self.slugs.get(&(class, tie.id.clone()));
        if found.is_none() {
            self.warn(import, class, tie);
        }
        found.cloned()
    }

    pub fn warn(&self, import: &mut Import<'_>, class: Class, tie: &Tie<'_>) {
        let ids = self.document.all(class).map(|item| item.id.as_str());
        let hint = if import.report.warned(OUTSIDE) < HINTS {
            nearest(&tie.id, ids)
        } else {
            None
        };
        let hint = hint
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!(
            "{}: no {} has the id `{}`{hint}",
            tie.at.path(),
            class.word(),
            tie.id
        );
        import.report.warn(OUTSIDE, tie.at.place(), message);
    }
}
