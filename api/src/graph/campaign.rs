//! All that is public about a campaign.

use entity::{
    campaign::{self, Column},
    classification, event, participation,
};

use super::{
    entity_fields::common,
    organisation::{part, participations, roles},
    thing::{Argument, Narrows, Test, Thing, Time, by, column, page, rows},
    topic::topics,
};

pub fn campaign() -> Thing {
    Thing::over(campaign::Entity, "Campaign", "A cause that organisations and people work for together, over some time.")
        .entity("cam", common!(campaign))
        .date("started", Column::Started, "When it began; null: no source says.")
        .date("ended", Column::Ended, "When it ended; null: no source says, or it has not.")
        .statements("aims", "AIM", "What it is for or against.")
        .many("topics", topics(), "What it is about. `classifications` adds status and claims.")
        .many(
            "classifications",
            rows("Classification", classification::Column::NodeId).order(by(classification::Column::Ordinal)),
            "What it is about, with status and claims.",
        )
        .filter("topics", Test::Some(column(classification::Column::NodeId), "Classification"), "At least one of its topics passes this filter.")
        .one_filtered("parent", Column::ParentId, "Campaign", "The campaign it is part of; null: none stated.")
        .connection(
            "subcampaigns",
            page("Campaign", campaign::Entity).of_parent(Column::ParentId).time(time()).order(by(Column::NameFolded)),
            "Campaigns that are part of it.",
        )
        .one_filtered("organisation", Column::OrganisationId, "Organisation", "The organisation, where the campaign is also a body; null: none stated.")
        .connection(
            "participants",
            participations(participation::Column::ContextId)
                .argument(Argument {
                    name: "kinds",
                    ty: "[EntityKind!]".to_owned(),
                    description: "Only participants of these kinds; unnamed ones are then left out. Null: all.",
                    narrows: Narrows::KindOf(column(participation::Column::ParticipantId)),
                })
                .argument(roles(participation::Column::Role))
                .time(part())
                .order(by(participation::Column::Ordinal)),
            "Who took part, and as what, in the order of the sources.",
        )
        .filter("participants", Test::Some(column(participation::Column::ContextId), "Participation"), "At least one of its participations passes this filter.")
        .connection(
            "events",
            page("Event", event::Entity)
                .on("{row}.id IN (SELECT context_id FROM participation WHERE participant_id={parent}.id)")
                .filtered_by("Event")
                .time(super::event::time())
                .order(by(event::Column::DateOrder)),
            "Events in which the campaign itself acted, by date.",
        )
        .order("STARTED", by(Column::StartedOrder), "By beginning; unknown ones last when ascending.")
        .order("ENDED", by(Column::EndedOrder), "By end; unknown ones last when ascending.")
}

/// While it goes on.
pub fn time() -> Time {
    Time::period(Column::Started, Column::Ended)
}
