//! The arguments `at` and `match`, by which a field is asked about a time.

use crate::graph::thing::Time;

use super::{Member, member};

/// What holds for every `at`.
const UNDER: &str = "The time holds for all that stands under the field as well, unless a field there says otherwise. Names are those of the time, though filters and orders go by the best-ranked one; what has no dates of its own, such as `status`, is shown as it is.";

fn arguments(narrows: &str) -> [Member; 2] {
    [
        member(
            "at",
            "Edtf",
            &format!("{narrows} {UNDER} Absent: the time of the field around it. Null: any time."),
        ),
        member(
            "match",
            "DateMatch",
            "Whether what is known must allow that it was so at some day of the time (an unknown start or end reaches as far as it likes), or force it for all of the time (an unknown start or end is never certain). Absent or null: as the field around it has it, at the root POSSIBLY.",
        ),
    ]
}

/// Those of a list; none where its rows are true at any time.
pub(super) fn of_list(time: &[Time]) -> Vec<Member> {
    let narrows = match time.last() {
        None => return Vec::new(),
        Some(Time::Period(..)) => "Only what was so at this time.",
        Some(Time::Happening(_)) => "Only what had happened by this time.",
        Some(Time::Work { .. }) => {
            "Only what came out at this time; a book, a pamphlet or a leaflet, once it had come out."
        }
    };
    arguments(narrows).into()
}

/// Those of a field that finds something whatever its dates.
pub(super) fn of_what_is_found() -> [Member; 2] {
    arguments("At which time to look at what is found; it is found whatever its dates are.")
}

/// Those of a field that follows relations of all sorts.
pub(super) fn of_relations() -> [Member; 2] {
    arguments("Only along what was so at this time, or had happened by then.")
}

/// Those of a field that follows lineage links.
pub(super) fn of_links() -> [Member; 2] {
    arguments("Only along what had happened by this time.")
}
