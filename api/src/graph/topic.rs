//! Topics: ideologies and subjects.

use entity::topic::{self, Column};

use super::thing::{Many, Test, Thing, by, column, rows};

pub fn topic() -> Thing {
    Thing::over(
        topic::Entity,
        "Topic",
        "An ideology or a subject that entities are filed under and statements are about.",
    )
    .filterable()
    .id("top", Column::PublicId)
    .column(
        "slug",
        Column::Slug,
        "Name for people and addresses, unique among topics.",
    )
    .scalar("name", "String", Column::Name, "What it is called.")
    .filter(
        "name",
        Test::Folded(column(Column::NameFolded)),
        "By name, without regard to case and diacritics.",
    )
    .kind(
        "kind",
        "TopicKind",
        Column::Kind,
        "Whether it is an ideology or a subject.",
    )
    .one_filtered(
        "parent",
        Column::ParentId,
        "Topic",
        "The wider topic; null: none.",
    )
}

/// What an entity is about.
pub fn topics() -> Many {
    rows("Topic", Column::Id)
        .on("{row}.id IN (SELECT topic_id FROM classification WHERE node_id={parent}.id)")
        .order(by(Column::Name))
}
