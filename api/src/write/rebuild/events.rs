//! Events with the links they have and the links they should have.

use std::collections::{HashMap, HashSet};

use entity::id::{EventId, LineageLinkId, OrganisationId, ParticipationId};
use entity::kind::ClaimStatus;
use entity::{event, lineage_link, organisation, participation};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, TryIntoModel,
};

use super::{Difference, Totals};
use crate::error::{Error, Result};
use crate::write::batch::CHUNK;
use crate::write::event::comes_out_of_itself;
use crate::write::link_rows::{Happening, Part, link_rows};
use crate::write::rows::LinkRow;

/// Stands for the key of a link that has none yet.
pub(super) const KEYLESS: LineageLinkId = LineageLinkId(0);

/// A participation as far as links depend on it.
struct Participant {
    id: ParticipationId,
    public_id: String,
    organisation: Option<OrganisationId>,
    role: String,
    status: ClaimStatus,
    count: (Option<i64>, Option<String>),
}

/// An organisation as far as links depend on it.
struct Side {
    public_id: String,
    slug: String,
}

/// Some events, and all that links have to do with them.
pub(super) struct Events {
    rows: Vec<event::Model>,
    participants: HashMap<EventId, Vec<Participant>>,
    links: HashMap<EventId, Vec<lineage_link::Model>>,
    sides: HashMap<OrganisationId, Side>,
}

impl Events {
    /// The next events by key; none: there are no more.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        after: Option<EventId>,
    ) -> Result<Option<Self>> {
        let mut events = event::Entity::find().order_by_asc(event::Column::Id);
        if let Some(after) = after {
            events = events.filter(event::Column::Id.gt(after));
        }
        let events = events.limit(CHUNK as u64).all(db).await;
        let events = events.map_err(Error::internal)?;
        if events.is_empty() {
            return Ok(None);
        }
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        let mut this = Self {
            rows: events,
            participants: HashMap::new(),
            links: HashMap::new(),
            sides: HashMap::new(),
        };
        let links = lineage_link::Entity::find()
            .filter(lineage_link::Column::EventId.is_in(ids.iter().copied()))
            .order_by_asc(lineage_link::Column::Id)
            .all(db)
            .await
            .map_err(Error::internal)?;
        let mut organisations = HashSet::new();
        for link in links {
            organisations.extend([link.predecessor_id, link.successor_id]);
            this.links.entry(link.event_id).or_default().push(link);
        }
        this.load_participants(db, &ids).await?;
        let participants = this.participants.values().flatten();
        organisations.extend(participants.filter_map(|participant| participant.organisation));
        this.load_sides(db, organisations).await?;
        Ok(Some(this))
    }

    async fn load_participants(
        &mut self,
        db: &impl ConnectionTrait,
        events: &[EventId],
    ) -> Result<()> {
        let rows = participation::Entity::find()
            .select_only()
            .columns([
                participation::Column::ContextId,
                participation::Column::Id,
                participation::Column::PublicId,
                participation::Column::ParticipantId,
                participation::Column::Role,
                participation::Column::Status,
                participation::Column::CountValue,
                participation::Column::CountText,
            ])
            .filter(participation::Column::ContextId.is_in(events.iter().copied()))
            .order_by_asc(participation::Column::ContextId)
            .order_by_asc(participation::Column::Ordinal)
            .order_by_asc(participation::Column::Id)
            .into_tuple()
            .all(db)
            .await
            .map_err(Error::internal)?;
        for (event, id, public_id, organisation, role, status, value, text) in rows {
            self.participants
                .entry(event)
                .or_default()
                .push(Participant {
                    id,
                    public_id,
                    organisation,
                    role,
                    status,
                    count: (value, text),
                });
        }
        Ok(())
    }

    async fn load_sides(
        &mut self,
        db: &impl ConnectionTrait,
        organisations: HashSet<OrganisationId>,
    ) -> Result<()> {
        let organisations: Vec<_> = organisations.into_iter().collect();
        for organisations in organisations.chunks(CHUNK) {
            let rows = organisation::Entity::find()
                .select_only()
                .columns([
                    organisation::Column::Id,
                    organisation::Column::PublicId,
                    organisation::Column::Slug,
                ])
                .filter(organisation::Column::Id.is_in(organisations.iter().copied()))
                .into_tuple::<(OrganisationId, String, String)>()
                .all(db)
                .await
                .map_err(Error::internal)?;
            let sides = rows.into_iter();
            self.sides
                .extend(sides.map(|(id, public_id, slug)| (id, Side { public_id, slug })));
        }
        Ok(())
    }

    pub(super) fn last(&self) -> Option<EventId> {
        self.rows.last().map(|event| event.id)
    }

    /// What is wrong, and what should be there counted in.
    pub(super) fn differences(&self, totals: &mut Totals) -> Result<Vec<Difference>> {
        let mut differences = Vec::new();
        for event in &self.rows {
            let stored = self.links.get(&event.id).map_or(&[][..], Vec::as_slice);
            let wanted = match self.wanted(event)? {
                Ok(wanted) => wanted,
                Err(organisation) => {
                    let what = comes_out_of_itself(self.slug(organisation));
                    differences.push(Difference {
                        line: format!("event/{}: {what}", event.slug),
                        wanted: None,
                        stored: None,
                        impossible: true,
                    });
                    continue;
                }
            };
            totals.links += wanted.len();
            totals.events += usize::from(!wanted.is_empty());
            let mut stored: HashMap<&str, &lineage_link::Model> = stored
                .iter()
                .map(|link| (link.public_id.as_str(), link))
                .collect();
            for mut link in wanted {
                let old = stored.remove(link.public_id.as_str());
                let what = match old {
                    None => "missing".to_owned(),
                    Some(old) => {
                        link.id = old.id;
                        let columns = lineage_link::Column::iter()
                            .filter(|column| link.get(*column) != old.get(*column));
                        let columns: Vec<_> =
                            columns.map(|column| column.as_str().to_owned()).collect();
                        if columns.is_empty() {
                            continue;
                        }
                        format!("wrong in {}", columns.join(", "))
                    }
                };
                differences.push(Difference {
                    line: self.line(event, &link, &what),
                    stored: old.map(|old| old.id),
                    wanted: Some(link),
                    impossible: false,
                });
            }
            let mut surplus: Vec<_> = stored.into_values().collect();
            surplus.sort_by_key(|link| link.id);
            differences.extend(surplus.into_iter().map(|link| Difference {
                line: self.line(event, link, "does not follow from the event"),
                wanted: None,
                stored: Some(link.id),
                impossible: false,
            }));
        }
        Ok(differences)
    }

    /// The links that an event should have; those that are new to it without a key.
    fn wanted(
        &self,
        event: &event::Model,
    ) -> Result<Result<Vec<lineage_link::Model>, OrganisationId>> {
        let participants = self.participants.get(&event.id);
        let participants = participants.map_or(&[][..], Vec::as_slice);
        let parts: Vec<_> = participants
            .iter()
            .map(|participant| Part {
                public_id: &participant.public_id,
                role: &participant.role,
                status: participant.status,
                count: (participant.count.0, participant.count.1.as_deref()),
                organisation: participant.organisation.and_then(|id| {
                    let side = self.sides.get(&id)?;
                    Some((id, side.public_id.as_str()))
                }),
            })
            .collect();
        let date = event.date_date();
        let happening = Happening {
            id: event.id,
            public_id: &event.public_id,
            kind: event.kind,
            date: date.as_ref(),
            reason: event.reason.as_deref(),
            attendance: (event.attendance_value, event.attendance_text.as_deref()),
        };
        let rows = match link_rows(&happening, &parts) {
            Ok(rows) => rows,
            Err(organisation) => return Ok(Err(organisation)),
        };
        let id = |public_id: &str| {
            let mut participants = participants.iter();
            let found = participants.find(|participant| participant.public_id == public_id);
            found.map_or(ParticipationId(0), |participant| participant.id)
        };
        let links = rows.into_iter().map(
            |LinkRow {
                 predecessor,
                 successor,
                 mut row,
             }| {
                row.id = Set(KEYLESS);
                row.predecessor_participation_id = Set(id(&predecessor));
                row.successor_participation_id = Set(id(&successor));
                row.try_into_model().map_err(Error::internal)
            },
        );
        links.collect::<Result<_>>().map(Ok)
    }

    fn slug(&self, organisation: OrganisationId) -> &str {
        self.sides.get(&organisation).map_or("", |side| &side.slug)
    }

    fn line(&self, event: &event::Model, link: &lineage_link::Model, what: &str) -> String {
        format!(
            "event/{}: organisation/{} to organisation/{}, {}: {what}",
            event.slug,
            self.slug(link.predecessor_id),
            self.slug(link.successor_id),
            link.kind.as_str(),
        )
    }
}
