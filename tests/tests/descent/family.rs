//! Families made by chance: organisations, the events that link them, and what is asked about them.

use anyhow::Result;
use api::write::{
    self, Content, Context, DateDraft, Draft, EventDraft, OrganisationDraft, ParticipationDraft,
};
use entity::{
    id::{EventId, OrganisationId},
    kind::{EventKind, LineageKind},
    lineage_link, organisation,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select, subsequence},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tests::{World, moment};

/// For each kind of event a role that links from, and one that links to.
const KINDS: [(EventKind, &str, &str); 10] = [
    (EventKind::Split, "origin", "resulting"),
    (EventKind::Division, "ceased", "resulting"),
    (EventKind::Merger, "ceased", "resulting"),
    (EventKind::Absorption, "absorbed", "continuing"),
    (EventKind::Dissolution, "ceased", "continuing"),
    (EventKind::Succession, "ceased", "resulting"),
    (EventKind::Refoundation, "origin", "resulting"),
    (EventKind::Defection, "continuing", "resulting"),
    (EventKind::Foundation, "origin", "resulting"),
    (EventKind::Other, "origin", "resulting"),
];

/// The same few again and again, so that links of one date are common.
const DATES: [&str; 5] = ["1950", "1950-06", "195X", "1960~", "[1940..1949]"];

/// Before, between and after those dates, and their very ends.
const TIMES: [&str; 7] = [
    "1930",
    "1945",
    "1950",
    "1950-06-01",
    "1950-06-30",
    "1955",
    "1970",
];

/// Organisations are numbers from 0; an event links all of the first list to all of the second.
#[derive(Clone, Debug)]
pub struct Family {
    size: usize,
    events: Vec<Happening>,
    pub question: Question,
}

#[derive(Clone, Debug)]
struct Happening {
    kind: usize,
    date: Option<&'static str>,
    from: Vec<usize>,
    to: Vec<usize>,
}

/// What is asked, with places in the list of organisations.
#[derive(Clone, Debug)]
pub struct Question {
    pub kinds: Option<Vec<&'static str>>,
    pub at: Option<&'static str>,
    pub certainly: bool,
    pub max_depth: Option<usize>,
    pub limit: usize,
    pub direction: &'static str,
    pub roots: Vec<Index>,
    pub compared: Vec<Index>,
    pub ends: Vec<(Index, Index)>,
    pub max_length: usize,
    pub paths: usize,
}

pub fn made() -> impl Strategy<Value = Family> {
    // Small ones are most likely to be tangled, large ones to be deep.
    let size = prop_oneof![4 => 2..=6_usize, 3 => 7..=12_usize, 1 => 13..=30_usize];
    size.prop_flat_map(|size| {
        (
            Just(size),
            vec(happening(size), 0..=size * 3 / 2),
            question(),
        )
    })
    .prop_map(|(size, events, question)| Family {
        size,
        events,
        question,
    })
}

/// One to one mostly; now and then several to several.
fn happening(size: usize) -> impl Strategy<Value = Happening> {
    let sides = (
        prop_oneof![5 => Just(1_usize), 1 => 2..=3_usize],
        prop_oneof![5 => Just(1_usize), 1 => 2..=3_usize],
        Just((0..size).collect::<Vec<_>>()).prop_shuffle(),
    );
    let date = prop_oneof![2 => Just(None), 5 => select(&DATES[..]).prop_map(Some)];
    (0..KINDS.len(), date, sides).prop_map(|(kind, date, (from, to, mut order))| {
        let from = order.split_off(order.len() - from.min(order.len() - 1));
        order.truncate(to);
        let to = order;
        Happening {
            kind,
            date,
            from,
            to,
        }
    })
}

fn question() -> impl Strategy<Value = Question> {
    let all: Vec<_> = LineageKind::VALUES.iter().map(|(kind, _)| *kind).collect();
    let kinds = prop_oneof![Just(None), subsequence(all, 1..=8).prop_map(Some)];
    let at = prop_oneof![Just(None), select(&TIMES[..]).prop_map(Some)];
    let depth = prop_oneof![Just(None), (1..=4_usize).prop_map(Some)];
    let limit = prop_oneof![2 => 1..=8_usize, 1 => Just(2000_usize)];
    let direction = select(&["BOTH", "ANCESTORS", "DESCENDANTS"][..]);
    let index = any::<Index>;
    (
        (kinds, at, any::<bool>(), depth, limit, direction),
        vec(index(), 1..=3),
        vec(index(), 2..=4),
        vec((index(), index()), 3),
        (1..=6_usize, 1..=8_usize),
    )
        .prop_map(
            |(
                (kinds, at, certainly, max_depth, limit, direction),
                roots,
                compared,
                ends,
                (max_length, paths),
            )| {
                Question {
                    kinds,
                    at,
                    certainly,
                    max_depth,
                    limit,
                    direction,
                    roots,
                    compared,
                    ends,
                    max_length,
                    paths,
                }
            },
        )
}

/// A family that is written: its organisations by key, and its links by date.
#[derive(Debug)]
pub struct Kin {
    pub organisations: Vec<organisation::Model>,
    pub links: Vec<lineage_link::Model>,
}

/// Writes families in one transaction.
pub async fn write(world: &World, batch: u32, families: &[Family]) -> Result<Vec<Kin>> {
    let mut drafts = Vec::new();
    for (number, family) in families.iter().enumerate() {
        let slug = |member: usize| format!("b{batch}-f{number}-{member}");
        drafts.extend((0..family.size).map(|member| organisation(slug(member))));
        let events = family.events.iter().enumerate();
        drafts.extend(events.map(|(event, happening)| {
            let sides = [&happening.from, &happening.to];
            let [from, to] = sides.map(|side| side.iter().copied().map(slug).collect());
            self::event(slug(event), happening, from, to)
        }));
    }
    let txn = world.database.begin().await?;
    let context = Context {
        author: "chance",
        reason: None,
        now: moment(),
    };
    let mut nodes = write::save(&txn, &drafts, &context)
        .await?
        .nodes
        .into_iter();
    txn.commit().await?;

    let mut written = Vec::new();
    for family in families {
        let mut next = |count| {
            nodes
                .by_ref()
                .take(count)
                .map(|node| node.0)
                .collect::<Vec<_>>()
        };
        let (organisations, events) = (next(family.size), next(family.events.len()));
        let db = &world.database.reader;
        let organisations = organisation::Entity::find()
            .filter(organisation::Column::Id.is_in(organisations.into_iter().map(OrganisationId)))
            .order_by_asc(organisation::Column::Id)
            .all(db)
            .await?;
        let links = lineage_link::Entity::find()
            .filter(lineage_link::Column::EventId.is_in(events.into_iter().map(EventId)))
            .order_by_asc(lineage_link::Column::DateOrder)
            .order_by_asc(lineage_link::Column::Id)
            .all(db)
            .await?;
        let pairs = family.events.iter();
        let pairs: usize = pairs.map(|event| event.from.len() * event.to.len()).sum();
        anyhow::ensure!(links.len() == pairs, "{} links of {pairs}", links.len());
        written.push(Kin {
            organisations,
            links,
        });
    }
    anyhow::ensure!(nodes.next().is_none(), "more was written than that");
    Ok(written)
}

fn organisation(slug: String) -> Draft {
    let content = OrganisationDraft {
        name: slug.clone(),
        ..OrganisationDraft::default()
    };
    Draft {
        slug,
        content: Content::Organisation(Box::new(content)),
    }
}

fn event(slug: String, happening: &Happening, from: Vec<String>, to: Vec<String>) -> Draft {
    let (kind, from_role, to_role) = KINDS[happening.kind];
    let part = |slug: String, role: &str| ParticipationDraft {
        participant: Some(format!("organisation/{slug}")),
        ..ParticipationDraft::bare(role.to_owned())
    };
    let from = from.into_iter().map(|slug| part(slug, from_role));
    let to = to.into_iter().map(|slug| part(slug, to_role));
    let content = EventDraft {
        name: slug.clone(),
        kind: Some(kind),
        date: happening.date.map(|edtf| DateDraft {
            edtf: edtf.to_owned(),
            text: None,
        }),
        participants: from.chain(to).collect(),
        ..EventDraft::default()
    };
    Draft {
        slug,
        content: Content::Event(Box::new(content)),
    }
}
