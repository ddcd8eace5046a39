//! Checks of dates and of what they say together.

use chrono::NaiveDate;
use entity::{date::HistoricalDate, kind::OrganisationStatus};

use super::Set;
use crate::seed::problem::Problem;
use crate::write::Content;

pub fn dates_are_edtf(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, date) in &parts.dates {
            if let Err(error) = HistoricalDate::parse(&date.edtf) {
                let date = &date.edtf;
                problems.push(file.problem(
                    path,
                    format!("`{date}` is {error}; write it as in 2011, 2011-04 or 1985~"),
                ));
            }
        }
    }
}

/// Only what is certain counts: a period may end before it begins as far as its dates are vague.
pub fn periods_run_forwards(set: &Set<'_>, _: NaiveDate, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, start, end) in &parts.periods {
            let (Ok(from), Ok(until)) = (
                HistoricalDate::parse(&start.edtf),
                HistoricalDate::parse(&end.edtf),
            ) else {
                continue;
            };
            if let (Some(from), Some(until)) = (from.earliest, until.latest)
                && from > until
            {
                problems.push(file.problem(
                    path,
                    format!("it begins ({}) after it ends ({})", start.edtf, end.edtf),
                ));
            }
        }
    }
}

pub fn what_has_ended_is_not_active(set: &Set<'_>, today: NaiveDate, problems: &mut Vec<Problem>) {
    for file in set.files {
        let Content::Organisation(organisation) = &file.draft.content else {
            continue;
        };
        let ended = organisation
            .dissolved
            .as_ref()
            .and_then(|date| HistoricalDate::parse(&date.edtf).ok()?.latest)
            .is_some_and(|day| day < today);
        if ended && organisation.status == Some(OrganisationStatus::Active) {
            problems.push(file.problem("status", "it is ACTIVE, and was dissolved"));
        }
    }
}
