//! What was said, wanted or thought: objectives, stances, aims, receptions.

use entity::statement::{self, Column};

use super::thing::Thing;

pub fn statement() -> Thing {
    Thing::over(statement::Entity, "Statement", "An objective, stance, aim or purpose of an entity, or how it was received.")
        .filterable()
        .id("sta", Column::PublicId)
        .kind("kind", "StatementKind", Column::Kind, "What sort of statement it is.")
        .column("attitude", Column::Attitude, "How the holder stands to it, as a verb: \"argued\", \"criticised\", \"advocated\"; null: not stated.")
        .one_filtered("topic", Column::TopicId, "Topic", "What it is about; null: none filed.")
        .column("text", Column::Text, "The statement in plain words.")
        .column("holder", Column::Holder, "Who holds it, where that is not the entity itself, in words; null: the entity.")
        .date("date", Column::Date, "When it was made; null: no source says.")
        .date("fulfilled", Column::Fulfilled, "When an objective was met; null: no source says, or it was not.")
        .kind("status", "ClaimStatus", Column::Status, "Whether a source states it, it is derived, disputed or denied.")
        .claims_about()
}
