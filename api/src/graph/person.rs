//! All that is public about a person.

use entity::{
    authorship, membership, participation,
    person::{self, Column},
    publication,
};

use super::{
    entity_fields::common,
    organisation::{campaigns_of_participant, events_of_participant, memberships},
    thing::{Test, Thing, by, column, page, rows},
};

pub fn person() -> Thing {
    Thing::over(person::Entity, "Person", "A person whom a source names.")
        .entity("per", common!(person))
        .date("born", Column::Born, "Date of birth; null: no source says.")
        .date("died", Column::Died, "Date of death; null: no source says, or the person is alive.")
        .connection("organisations", memberships(membership::Column::PersonId), "Organisations the person belonged to, with role, post and period.")
        .filter("organisations", Test::Some(column(membership::Column::PersonId), "Membership"), "At least one of the person's memberships passes this filter: role, post, organisation.")
        .connection(
            "campaigns",
            campaigns_of_participant(),
            "Campaigns the person took part in, and as what.",
        )
        .connection(
            "events",
            events_of_participant(),
            "Events the person took part in, and as what, by date.",
        )
        .filter("participations", Test::Some(column(participation::Column::ParticipantId), "Participation"), "At least one of the person's participations in campaigns and events passes this filter.")
        .connection(
            "publications",
            page("Publication", publication::Entity)
                .on("{row}.id IN (SELECT publication_id FROM authorship WHERE person_id={parent}.id)")
                .time(super::publication::time())
                .order(by(publication::Column::PublishedOrder)),
            "What the person wrote or edited, by date. `authorships` adds role, status and claims.",
        )
        .many(
            "authorships",
            rows("Authorship", authorship::Column::PersonId).order(by(authorship::Column::Ordinal)),
            "What the person wrote or edited, with role, status and claims.",
        )
        .order("BORN", by(Column::BornOrder), "By date of birth; unknown ones last when ascending.")
        .order("DIED", by(Column::DiedOrder), "By date of death; unknown ones last when ascending.")
}
