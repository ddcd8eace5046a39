//! All that is public about a publication.

use entity::{
    authorship, classification, organisation, person,
    publication::{self, Column},
    publishing,
};

use super::{
    entity_fields::common,
    thing::{Source, Test, Thing, Time, by, column, page, rows},
    topic::topics,
};

pub fn publication() -> Thing {
    Thing::over(publication::Entity, "Publication", "A newspaper, book, pamphlet, blog or other work that was made public.")
        .entity("pub", common!(publication))
        .push("title", "String!", Source::Name, "Its title, without the subtitle; the same as `name`.")
        .column("subtitle", Column::Subtitle, "What stands below the title; null: none.")
        .kind("kind", "PublicationKind", Column::Kind, "What sort of publication it is.")
        .column("frequency", Column::Frequency, "How often it comes out, in the words of the source, such as \"monthly\"; null: not stated, or once.")
        .column("format", Column::Format, "Its form, in the words of the source, such as \"broadsheet\"; null: not stated.")
        .column("colour", Column::Colour, "Whether it is printed in colour; null: not stated.")
        .column("free", Column::Free, "Whether it is free of charge; null: not stated.")
        .column("language", Column::Language, "Language tag (BCP 47), such as \"en\"; null: not stated.")
        .column("editorialFocus", Column::EditorialFocus, "What its editors attend to, in the words of the source; null: not stated.")
        .date("published", Column::Published, "When it came out, or first came out; null: no source says.")
        .date("ceased", Column::Ceased, "When it came out for the last time; null: no source says, or it has not.")
        .connection(
            "publishers",
            page("Organisation", organisation::Entity)
                .on("{row}.id IN (SELECT organisation_id FROM publishing WHERE publication_id={parent}.id)")
                .order(by(organisation::Column::NameFolded)),
            "Organisations that published it. `publishings` adds status and claims.",
        )
        .many(
            "publishings",
            rows("Publishing", publishing::Column::PublicationId).order(by(publishing::Column::Ordinal)),
            "Who published it, with status and claims.",
        )
        .filter("publishings", Test::Some(column(publishing::Column::PublicationId), "Publishing"), "At least one of its publishers passes this filter: published by.")
        .connection(
            "authors",
            page("Person", person::Entity)
                .on("{row}.id IN (SELECT person_id FROM authorship WHERE publication_id={parent}.id)")
                .order(by(person::Column::NameFolded)),
            "People who wrote or edited it. `authorships` adds role, status and claims.",
        )
        .many(
            "authorships",
            rows("Authorship", authorship::Column::PublicationId).order(by(authorship::Column::Ordinal)),
            "Who wrote or edited it, with role, status and claims.",
        )
        .filter("authorships", Test::Some(column(authorship::Column::PublicationId), "Authorship"), "At least one of its authorships passes this filter.")
        .many("topics", topics(), "What it is about. `classifications` adds status and claims.")
        .many(
            "classifications",
            rows("Classification", classification::Column::NodeId).order(by(classification::Column::Ordinal)),
            "What it is about, with status and claims.",
        )
        .filter("topics", Test::Some(column(classification::Column::NodeId), "Classification"), "At least one of its topics passes this filter.")
        .statements("reception", "RECEPTION", "How it was received, and by whom.")
        .column("isbn", Column::Isbn, "International Standard Book Number; null: none known.")
        .column("issn", Column::Issn, "International Standard Serial Number; null: none known.")
        .order("PUBLISHED", by(Column::PublishedOrder), "By publication; unknown ones last when ascending.")
        .order("CEASED", by(Column::CeasedOrder), "By end; unknown ones last when ascending.")
}

/// While it comes out, or from when it came out on.
pub fn time() -> Time {
    Time::Work {
        published: column(Column::Published),
        ceased: column(Column::Ceased),
        kind: column(Column::Kind),
    }
}
