//! All that is public about an event.

use entity::{
    event::{self, Column},
    lineage_link, participation,
};

use super::{
    entity_fields::common,
    lineage,
    organisation::{participations, roles},
    thing::{Test, Thing, Time, by, column, rows},
};

pub fn event() -> Thing {
    Thing::over(
        event::Entity,
        "Event",
        "Something that happened: a split, a merger, a conference, an election. Lineage links follow from its kind and its participants' roles.",
    )
    .entity("evt", common!(event))
    .kind("kind", "EventKind", Column::Kind, "What sort of event it is.")
    .date("date", Column::Date, "When it happened; null: no source says. See `before` and `after` for order without dates.")
    .one_filtered("place", Column::PlaceId, "Place", "Where it happened; null: no source says.")
    .column("outcome", Column::Outcome, "How it ended, in the words of the source, such as \"No\"; null: not stated.")
    .column("reason", Column::Reason, "Why, as the participants or the source put it; null: not stated.")
    .quantity("attendance", Column::AttendanceValue, Column::AttendanceText, "How many took part; null: not stated.")
    .quantity("occurrences", Column::OccurrencesValue, Column::OccurrencesText, "How many happenings the record stands for, such as \"numerous\" demonstrations; null: one.")
    .connection(
        "participants",
        participations(participation::Column::ContextId)
            .argument(roles(participation::Column::Role))
            .order(by(participation::Column::Ordinal)),
        "Who took part, and as what, in the order of the sources.",
    )
    .filter("participants", Test::Some(column(participation::Column::ContextId), "Participation"), "At least one of its participations passes this filter.")
    .many(
        "links",
        rows("LineageLink", lineage_link::Column::EventId).time(lineage::time()),
        "The lineage links that the event gives rise to.",
    )
    .filter("links", Test::Some(column(lineage_link::Column::EventId), "LineageLink"), "At least one of its lineage links passes this filter.")
    .many(
        "before",
        rows("Event", Column::Id)
            .on("{row}.id IN (SELECT earlier_id FROM event_order WHERE later_id={parent}.id)")
            .order(by(Column::DateOrder)),
        "Events known to have come before this one, whatever their dates say.",
    )
    .many(
        "after",
        rows("Event", Column::Id)
            .on("{row}.id IN (SELECT later_id FROM event_order WHERE earlier_id={parent}.id)")
            .order(by(Column::DateOrder)),
        "Events known to have come after this one, whatever their dates say.",
    )
    .order("DATE", by(Column::DateOrder), "By date; undated ones last when ascending.")
}

/// From its date on.
pub fn time() -> Time {
    Time::happening(Column::Date)
}
