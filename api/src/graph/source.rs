//! Sources.

use entity::{
    claim,
    source::{self, Column},
};

use super::thing::{Thing, page};

pub fn source() -> Thing {
    Thing::over(source::Entity, "Source", "Where something is said: an encyclopaedia article, a book, a data set.")
        .id("src", Column::PublicId)
        .column("slug", Column::Slug, "Name for people and addresses, unique among sources.")
        .column("title", Column::Title, "Under which title it was published.")
        .kind("kind", "SourceKind", Column::Kind, "What sort of source it is.")
        .column("author", Column::Author, "Who wrote it; null: not stated.")
        .column("publisher", Column::Publisher, "Who published it; null: not stated.")
        .scalar("url", "Url", Column::Url, "Its address; null: none known.")
        .date("published", Column::Published, "When it was published; null: not stated.")
        .date("accessed", Column::Accessed, "When it was read; null: not stated.")
        .column("licence", Column::Licence, "Licence of its text, such as \"CC BY-SA 4.0\"; null: not stated.")
        .column("language", Column::Language, "Language tag (BCP 47); null: not stated.")
        .column("text", Column::Text, "Its text, where the licence allows to keep it, so that quotations can be checked; null: not kept.")
        .connection(
            "claims",
            page("Claim", claim::Entity).of_parent(claim::Column::SourceId),
            "What is claimed from it.",
        )
}
