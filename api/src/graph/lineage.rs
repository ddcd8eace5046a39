//! Lineage links: who came from whom, one step at a time; and the questions that follow them to any depth.

mod family;
mod keys;
mod meeting;
mod path;
mod search;
mod sort;
mod walk;

pub use path::Paths;
pub use walk::Way;

use entity::{
    claim,
    lineage_link::{self, Column},
};

use super::{
    entity_fields::claims,
    thing::{Thing, Time, rows},
};

pub fn link() -> Thing {
    Thing::over(
        lineage_link::Entity,
        "LineageLink",
        "One step of descent between two organisations, derived from an event and the roles of its participants. The same pair may be linked many times.",
    )
    .filterable()
    .id("lnk", Column::PublicId)
    .kind("kind", "LineageKind", Column::Kind, "How the successor came from the predecessor.")
    .one_filtered("predecessor", Column::PredecessorId, "Organisation", "The organisation that was there before.")
    .one_filtered("successor", Column::SuccessorId, "Organisation", "The organisation that came from it.")
    .date("date", Column::Date, "When it happened: the date of the event; null: no source says.")
    .one_filtered("event", Column::EventId, "Event", "The event that gave rise to it; null: none is known.")
    .or_null()
    .quantity("people", Column::PeopleValue, Column::PeopleText, "How many people left or moved in the event; not a number of members of either organisation. Null: not stated.")
    .column("reason", Column::Reason, "Why, as the participants or the source put it; null: not stated.")
    .kind("status", "ClaimStatus", Column::Status, "Whether a source states the step or it is derived: the weaker of the two participations it follows from.")
    .many(
        "claims",
        claims(rows("Claim", claim::Column::SubjectId).on(
            "{row}.subject_id={parent}.event_id AND ({row}.about_id IS NULL OR {row}.about_id IN ({parent}.predecessor_participation_id,{parent}.successor_participation_id))",
        )),
        "What sources say of the event and of these two organisations' part in it.",
    )
}

/// From the date of the event on.
pub fn time() -> Time {
    Time::happening(Column::Date)
}
