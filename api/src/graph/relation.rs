//! What stands between entities, with facts of its own: memberships, participations, names and the like.

use entity::{
    affiliation, authorship, classification, external_id, membership, name, participation,
    publishing,
};

use super::thing::Thing;

const STATUS: &str = "Whether a source states it, it is derived, disputed or denied.";
const START: &str = "When it began; null: no source says.";
const END: &str = "When it ended; null: no source says, or it has not.";

pub fn membership() -> Thing {
    use membership::Column;
    Thing::over(
        membership::Entity,
        "Membership",
        "A person's belonging to an organisation, in one role and for one period.",
    )
    .filterable()
    .id("mem", Column::PublicId)
    .one_filtered("person", Column::PersonId, "Person", "Who belonged to it.")
    .one_filtered(
        "organisation",
        Column::OrganisationId,
        "Organisation",
        "What the person belonged to.",
    )
    .column(
        "role",
        Column::Role,
        "As what, such as \"member\" or \"notable figure\".",
    )
    .column(
        "post",
        Column::Post,
        "Post or office held, such as \"Central Committee member\"; null: none stated.",
    )
    .date("start", Column::Start, START)
    .date("end", Column::End, END)
    .kind("status", "ClaimStatus", Column::Status, STATUS)
    .claims_about()
}

pub fn participation() -> Thing {
    use participation::Column;
    Thing::over(participation::Entity, "Participation", "A part that somebody had in a campaign or an event. Participants that no source names are described in words.")
        .filterable()
        .id("par", Column::PublicId)
        .entity_ref("context", Column::ContextId, "The campaign or event.")
        .entity_ref("participant", Column::ParticipantId, "Who took part; null: unnamed, see `description`.")
        .column("description", Column::Description, "Participants that are not named, in words; null: named, see `participant`.")
        .column("role", Column::Role, "As what. In lineage events: origin, continuing, ceased, resulting, absorbed.")
        .column("post", Column::Post, "Post or office held then; null: none stated.")
        .quantity("count", Column::CountValue, Column::CountText, "How many people this stands for; null: not stated, or one.")
        .date("start", Column::Start, START)
        .date("end", Column::End, END)
        .kind("status", "ClaimStatus", Column::Status, STATUS)
        .column("note", Column::Note, "What the source leaves open; null: nothing noted.")
        .claims_about()
}

pub fn affiliation() -> Thing {
    use affiliation::Column;
    Thing::over(
        affiliation::Entity,
        "Affiliation",
        "One organisation's belonging to another, for one period.",
    )
    .filterable()
    .id("aff", Column::PublicId)
    .one_filtered(
        "member",
        Column::MemberId,
        "Organisation",
        "The organisation that belongs.",
    )
    .one_filtered(
        "body",
        Column::BodyId,
        "Organisation",
        "The organisation that it belongs to.",
    )
    .kind(
        "kind",
        "AffiliationKind",
        Column::Kind,
        "How the member stands to the body.",
    )
    .date("start", Column::Start, START)
    .date("end", Column::End, END)
    .kind("status", "ClaimStatus", Column::Status, STATUS)
    .claims_about()
}

pub fn authorship() -> Thing {
    use authorship::Column;
    Thing::over(
        authorship::Entity,
        "Authorship",
        "A person's part in making a publication.",
    )
    .filterable()
    .id("aut", Column::PublicId)
    .one_filtered(
        "publication",
        Column::PublicationId,
        "Publication",
        "What was made.",
    )
    .one_filtered("person", Column::PersonId, "Person", "Who made it.")
    .column(
        "role",
        Column::Role,
        "As what: author, editor, translator ...",
    )
    .kind("status", "ClaimStatus", Column::Status, STATUS)
    .claims_about()
}

pub fn publishing() -> Thing {
    use publishing::Column;
    Thing::over(
        publishing::Entity,
        "Publishing",
        "An organisation's publishing of a publication.",
    )
    .filterable()
    .id("pbl", Column::PublicId)
    .one_filtered(
        "publication",
        Column::PublicationId,
        "Publication",
        "What was published.",
    )
    .one_filtered(
        "organisation",
        Column::OrganisationId,
        "Organisation",
        "Who published it.",
    )
    .kind("status", "ClaimStatus", Column::Status, STATUS)
    .claims_about()
}

pub fn classification() -> Thing {
    use classification::Column;
    Thing::over(
        classification::Entity,
        "Classification",
        "A topic that an entity is filed under, as a source has it.",
    )
    .filterable()
    .id("cls", Column::PublicId)
    .one_filtered(
        "topic",
        Column::TopicId,
        "Topic",
        "The ideology or subject.",
    )
    .kind("status", "ClaimStatus", Column::Status, STATUS)
    .claims_about()
}

pub fn name() -> Thing {
    use name::Column;
    Thing::over(
        name::Entity,
        "Name",
        "A name that an entity goes or went by.",
    )
    .filterable()
    .id("nam", Column::PublicId)
    .column("text", Column::Text, "The name as written.")
    .kind("kind", "NameKind", Column::Kind, "What sort of name it is.")
    .column(
        "language",
        Column::Language,
        "Language tag (BCP 47); null: not stated.",
    )
    .date(
        "start",
        Column::Start,
        "Since when it has been in use; null: no source says.",
    )
    .date(
        "end",
        Column::End,
        "Until when it was in use; null: no source says, or it still is.",
    )
    .column(
        "preferred",
        Column::Preferred,
        "Whether it is the best-ranked name, which `name` shows.",
    )
    .claims_about()
}

pub fn external_id() -> Thing {
    use external_id::Column;
    Thing::over(
        external_id::Entity,
        "ExternalId",
        "An entity's id in another data set.",
    )
    .column(
        "scheme",
        Column::Scheme,
        "The data set: \"wikidata\", \"parlgov\", \"wikipedia\" ...",
    )
    .column("value", Column::Value, "The id there.")
    .scalar(
        "url",
        "Url",
        Column::Url,
        "Its address there; null: none known.",
    )
}
