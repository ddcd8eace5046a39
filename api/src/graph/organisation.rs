//! All that is public about an organisation.

use entity::{
    affiliation, campaign, classification, event, lineage_link, membership,
    organisation::{self, Column},
    participation, place_period, publication, publishing,
};

use super::{
    entity_fields::common,
    lineage::{self, Way},
    thing::{Argument, Connection, Narrows, Test, Thing, Time, by, column, one_of, page, rows},
};

pub fn organisation() -> Thing {
    Thing::over(
        organisation::Entity,
        "Organisation",
        "A body with members or parts: a party, a group, a faction, an alliance, a committee of another body.",
    )
    .entity("org", common!(organisation))
    .column("abbreviation", Column::Abbreviation, "Short form in use, such as \"ISG\"; null: none known.")
    .kind("kind", "OrganisationKind", Column::Kind, "What sort of body it is.")
    .kind("status", "OrganisationStatus", Column::Status, "Whether it still exists. An unknown end is UNKNOWN, never ACTIVE.")
    .date("founded", Column::Founded, "When it came into being; null: no source says.")
    .date("dissolved", Column::Dissolved, "When it ceased to exist; null: no source says, or it has not. See `status`.")
    .one("country", Column::CountryId, "Country", "The country it belongs to; null: none stated.")
    .filter("country", Test::One(column(Column::CountryId), "Place"), "The country it belongs to passes this filter.")
    .one_filtered("headquarters", Column::HeadquartersId, "Place", "Its last known seat; null: none stated.")
    .many(
        "places",
        rows("PlacePeriod", place_period::Column::OrganisationId)
            .time(Time::period(place_period::Column::Start, place_period::Column::End))
            .order(by(place_period::Column::Ordinal)),
        "Where it was active or had offices, with periods, in the order the sources give.",
    )
    .filter("places", Test::Some(column(place_period::Column::OrganisationId), "PlacePeriod"), "At least one of its places passes this filter.")
    .kind("position", "PoliticalPosition", Column::Position, "Position on the political spectrum as sources put it; null: none stated.")
    .many(
        "ideologies",
        rows("Topic", entity::topic::Column::Id)
            .on("{row}.id IN (SELECT topic_id FROM classification WHERE node_id={parent}.id)")
            .only(entity::topic::Column::Kind, "IDEOLOGY")
            .order(by(entity::topic::Column::Name)),
        "The ideologies that sources ascribe to it. `classifications` adds the claims.",
    )
    .many(
        "classifications",
        rows("Classification", classification::Column::NodeId).order(by(classification::Column::Ordinal)),
        "Its ideologies and subjects with status and claims.",
    )
    .filter("classifications", Test::Some(column(classification::Column::NodeId), "Classification"), "At least one of its ideologies or subjects passes this filter.")
    .column("leadership", Column::Leadership, "Form of its leadership in the words of the source, such as \"Collective leadership\"; null: none stated.")
    .one_filtered("newspaper", Column::NewspaperId, "Publication", "Its paper; null: none stated.")
    .scalar("logo", "Url", Column::Logo, "Address of its logo; null: no picture known.")
    .scalar("website", "Url", Column::Website, "Address of its website; null: none known.")
    .statements("objectives", "OBJECTIVE", "What it set itself to do, and when that was met.")
    .statements("stances", "STANCE", "What it argued, criticised or advocated, on which topic.")
    .statements("purposes", "PURPOSE", "What it was made for.")
    .lineage()
    .connection("affiliations", affiliations(affiliation::Column::MemberId), "Internationals, alliances and parent bodies that it belongs to.")
    .filter("affiliations", Test::Some(column(affiliation::Column::MemberId), "Affiliation"), "At least one of the affiliations by which it belongs to another body passes this filter.")
    .connection("affiliates", affiliations(affiliation::Column::BodyId), "Bodies that belong to it: sections, committees, member organisations.")
    .filter("affiliates", Test::Some(column(affiliation::Column::BodyId), "Affiliation"), "At least one of the affiliations by which others belong to it passes this filter.")
    .connection(
        "people",
        memberships(membership::Column::OrganisationId),
        "Who belonged to it or is named as a figure of it, with role, post and period.",
    )
    .filter("people", Test::Some(column(membership::Column::OrganisationId), "Membership"), "At least one of its memberships passes this filter.")
    .connection(
        "publications",
        page("Publication", publication::Entity)
            .on("{row}.id IN (SELECT publication_id FROM publishing WHERE organisation_id={parent}.id)")
            .filtered_by("Publication")
            .time(super::publication::time())
            .order(by(publication::Column::PublishedOrder)),
        "What it published, by date. `publishings` adds status and claims.",
    )
    .many(
        "publishings",
        rows("Publishing", publishing::Column::OrganisationId).order(by(publishing::Column::Ordinal)),
        "What it published, with status and claims.",
    )
    .connection(
        "campaigns",
        campaigns_of_participant(),
        "The campaigns it took part in, and as what.",
    )
    .connection(
        "events",
        events_of_participant(),
        "The events it took part in, and as what, by date.",
    )
    .filter("participations", Test::Some(column(participation::Column::ParticipantId), "Participation"), "At least one of its participations in campaigns and events passes this filter.")
    .order("FOUNDED", by(Column::FoundedOrder), "By founding: earliest day, latest day, finer precision; unknown ones last when ascending.")
    .order("DISSOLVED", by(Column::DissolvedOrder), "By end: earliest day, latest day, finer precision; unknown ones last when ascending.")
}

impl Thing {
    /// The shortcuts over lineage links, one step each way.
    fn lineage(self) -> Self {
        use lineage_link::Column::{PredecessorId, SuccessorId};
        let kinds = || {
            one_of(
                "kinds",
                "LineageKind",
                lineage_link::Column::Kind,
                "Only links of these kinds. Null: of every kind.",
            )
        };
        let back = || links(SuccessorId, PredecessorId);
        let on = || links(PredecessorId, SuccessorId);
        self.connection(
            "splitFrom",
            back().only(lineage_link::Column::Kind, "SPLIT_FROM"),
            "What it split from.",
        )
        .connection(
            "splits",
            on().only(lineage_link::Column::Kind, "SPLIT_FROM"),
            "What split from it.",
        )
        .connection(
            "mergedInto",
            on().only(lineage_link::Column::Kind, "MERGED_INTO"),
            "What it merged into.",
        )
        .connection(
            "mergedFrom",
            back().only(lineage_link::Column::Kind, "MERGED_INTO"),
            "What merged into it.",
        )
        .connection(
            "dissolvedInto",
            on().only(lineage_link::Column::Kind, "DISSOLVED_INTO"),
            "What it dissolved into.",
        )
        .connection(
            "dissolvedFrom",
            back().only(lineage_link::Column::Kind, "DISSOLVED_INTO"),
            "What dissolved into it.",
        )
        .connection(
            "predecessors",
            back().argument(kinds()),
            "One step back: what it came from, by links of every kind.",
        )
        .filter(
            "predecessors",
            Test::Some(column(SuccessorId), "LineageLink"),
            "At least one link to a predecessor passes this filter.",
        )
        .connection(
            "successors",
            on().argument(kinds()),
            "One step on: what came from it, by links of every kind.",
        )
        .filter(
            "successors",
            Test::Some(column(PredecessorId), "LineageLink"),
            "At least one link to a successor passes this filter.",
        )
        .kin(
            "ancestors",
            Way::Back,
            "What it came from, any number of steps back: each organisation once, the nearest first.",
        )
        .kin(
            "descendants",
            Way::On,
            "What came from it, any number of steps on: each organisation once, the nearest first.",
        )
        .family(
            "lineage",
            "The family tree around it: its ancestors and descendants with all links among them, as data and as a picture.",
        )
    }
}

fn links(this: lineage_link::Column, other: lineage_link::Column) -> Connection {
    page("Lineage", lineage_link::Entity)
        .of_parent(this)
        .node(other, "Organisation")
        .link("LineageLink")
        .time(lineage::time())
        .order(by(lineage_link::Column::DateOrder))
}

fn affiliations(of: affiliation::Column) -> Connection {
    page("Affiliation", affiliation::Entity)
        .of_parent(of)
        .time(Time::period(
            affiliation::Column::Start,
            affiliation::Column::End,
        ))
        .order(by(affiliation::Column::StartOrder))
}

/// The memberships of a person or an organisation.
pub fn memberships(of: membership::Column) -> Connection {
    page("Membership", membership::Entity)
        .of_parent(of)
        .argument(roles(membership::Column::Role))
        .time(Time::period(
            membership::Column::Start,
            membership::Column::End,
        ))
        .order(by(membership::Column::StartOrder))
}

/// The participations of an entity, or in one.
pub fn participations(of: participation::Column) -> Connection {
    page("Participation", participation::Entity).of_parent(of)
}

/// The campaigns that somebody took part in: true while the part lasts, and the campaign.
pub fn campaigns_of_participant() -> Connection {
    participations(participation::Column::ParticipantId)
        .join(participation::Column::ContextId, campaign::Entity)
        .time(part())
        .time(super::campaign::time())
        .order(by(campaign::Column::NameFolded))
}

/// The events that somebody took part in. Parts in an event seldom have dates of their own: the event's tells.
pub fn events_of_participant() -> Connection {
    participations(participation::Column::ParticipantId)
        .join(participation::Column::ContextId, event::Entity)
        .filtered_by("Event")
        .ordered_by("Event")
        .time(super::event::time())
        .order(by(event::Column::DateOrder))
}

/// The period of a part in a campaign.
pub fn part() -> Time {
    Time::period(participation::Column::Start, participation::Column::End)
}

/// `roles`: only those of these roles.
pub fn roles<C: sea_orm::ColumnTrait>(role: C) -> Argument {
    Argument {
        name: "roles",
        ty: "[String!]".to_owned(),
        description: "Only those in one of these roles, compared exactly.",
        narrows: Narrows::In(column(role)),
    }
}
