//! Claims, and the history of what the data set said.

use entity::{claim, revision};

use super::thing::Thing;

pub fn claim() -> Thing {
    use claim::Column;
    Thing::over(claim::Entity, "Claim", "What one source says about one property of an entity.")
        .id("clm", Column::PublicId)
        .entity_ref("subject", Column::SubjectId, "What the claim is about.")
        .column("property", Column::Property, "The property, by the name of the field that shows its value: `founded`, `participants`.")
        .column("value", Column::Value, "The value as text: dates as EDTF, enum values and names as they are; null: the claim is about a value that another entity is.")
        .entity_ref("valueNode", Column::ValueNodeId, "The entity that is the value; null: the value is text.")
        .kind("rank", "ClaimRank", Column::Rank, "Which of several claims the plain field shows.")
        .kind("status", "ClaimStatus", Column::Status, "Whether the source states it, or it is derived, disputed or denied.")
        .one("source", Column::SourceId, "Source", "Where it is said.")
        .column("locator", Column::Locator, "Where in the source: a section, a page; null: not noted.")
        .column("quote", Column::Quote, "The source's own words; null: not quoted.")
        .column("note", Column::Note, "What the source leaves open; null: nothing noted.")
        .column("recordedBy", Column::RecordedBy, "Who recorded the claim.")
        .column("recordedAt", Column::RecordedAt, "When the claim was recorded.")
}

pub fn revision() -> Thing {
    use revision::Column;
    Thing::over(
        revision::Entity,
        "Revision",
        "One state of an entity's record: who wrote it, when and why.",
    )
    .column("number", Column::Number, "Counted from 1 for each entity.")
    .column("author", Column::Author, "Who wrote it.")
    .column("reason", Column::Reason, "Why; null: no reason given.")
    .column("recordedAt", Column::RecordedAt, "When it was written.")
    .column(
        "content",
        Column::Content,
        "The whole record as JSON text, in the form of a seed file.",
    )
}
