//! `timeline-csv`: organisations as the table that Timeline.js draws party histories from, in the order of their slugs,
//! which are the entries' ids. Read into an empty database, entries become organisations of these slugs again; into one
//! that has such organisations, only those whose article of Wikipedia is known are the same, since an id is an entry's
//! own within one file alone.
//!
//! A tie stands in the row whose end or start it is. Where a column takes one entry alone, a split is the earliest and
//! an end the latest that is known. A date is told as it is in EDTF where a year, a month or a day begins it, so that
//! an estimate stays one; an end that is an estimate is marked in the column for that.

use std::cmp::Reverse;
use std::collections::HashMap;

use anyhow::Result;
use csv::WriterBuilder;
use entity::date::{HistoricalDate, NO_DATE_ORDER};
use entity::id::NodeId;
use entity::kind::{AffiliationKind, OrganisationStatus};

use super::{Link, Out, Record, Records, date, loss};
use crate::format::cell::safe;
use crate::format::timeline::{
    ABSORB, END, END_ESTIMATE, FORK, GROUP, ID, LINKS, NAME, ONGOING, SCHEME, SPLIT, START, TABLE,
    TIES, Tie, WIKIPEDIA, YES,
};
use crate::format::wikipedia::title;
use crate::loss::Losses;
use crate::write::{
    AffiliationDraft, Content, DateDraft, Directory, ExternalIdDraft, Kind, OrganisationDraft,
    RULES,
};

/// Fields of which a column tells something.
const HELD: [&str; 7] = [
    "name",
    "founded",
    "dissolved",
    "status",
    "external_ids",
    "ideologies",
    "affiliations",
];

pub(super) async fn export(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    records.will_read([Kind::Organisation]).await?;
    let mut losses = Losses::default();
    for kind in Kind::ALL {
        let why = match kind {
            Kind::Organisation => continue,
            Kind::Event => "the table has no events, but the ties that follow from them",
            Kind::Topic => "the table has no topics, but the names of groups",
            _ => "the entries of the table are organisations",
        };
        losses.add(kind.folder(), why, records.count(kind).await?);
    }
    row(&mut out.buffer, TABLE.map(str::to_owned))?;
    let mut batches = records.of_kind(Kind::Organisation);
    while let Some(batch) = batches.next().await? {
        let directory = records.referred(&batch).await?;
        let ids: Vec<NodeId> = batch.iter().map(|record| record.id).collect();
        let mut ties = Ties::of(records.links_at(&ids).await?);
        for record in &batch {
            let Content::Organisation(draft) = &record.draft.content else {
                continue;
            };
            let entry = entry(record, draft, &directory, &mut ties, &mut losses);
            row(
                &mut out.buffer,
                TABLE.map(|column| entry.get(column).cloned().unwrap_or_default()),
            )?;
            loss::fields(record, &HELD, |_| "there is no column for it", &mut losses)?;
            loss::history(record, &mut losses);
        }
        out.pass_on().await?;
    }
    Ok(losses)
}

fn row(out: &mut Vec<u8>, cells: impl IntoIterator<Item = String>) -> Result<()> {
    let mut row = WriterBuilder::new().from_writer(out);
    for cell in cells {
        row.write_field(safe(&cell).as_bytes())?;
    }
    row.write_record(None::<&[u8]>)?;
    Ok(row.flush()?)
}

/// The cells of an organisation by their columns.
fn entry(
    record: &Record,
    draft: &OrganisationDraft,
    directory: &Directory,
    ties: &mut Ties,
    losses: &mut Losses,
) -> HashMap<&'static str, String> {
    let mut cells = HashMap::new();
    let mut set = |column, text: Option<String>| {
        cells.extend(text.map(|text| (column, text)));
    };
    let slug = &record.draft.slug;
    set(ID, Some(slug.clone()));
    set(NAME, Some(draft.name.clone()));
    let start = draft.founded.as_ref().and_then(|date| told(date, losses));
    let end = draft.dissolved.as_ref().and_then(|date| told(date, losses));
    let mut ends = false;
    for tie in TIES {
        let mut links = ties.take(record.id, tie.column);
        links.retain(|link| loss::is_told("ties of descent", Some(link.status), losses));
        ends |= tie.own != SPLIT.own && !links.is_empty();
        let own = if tie == &SPLIT { &start } else { &end };
        set(tie.column, tied(tie, links, own.as_deref(), losses));
    }
    let why = "no column says that an entry led to another in no closer way";
    let looser = ties.take(record.id, LOOSER).len();
    losses.add("ties of descent", why, looser);
    let status = draft.status.unwrap_or(OrganisationStatus::Unknown);
    let is_said = match (status, &end) {
        (OrganisationStatus::Active, None) => {
            set(END, Some(ONGOING[0].to_owned()));
            true
        }
        (OrganisationStatus::Dissolved, end) => end.is_some() || ends,
        (OrganisationStatus::Unknown, _) => true,
        _ => false,
    };
    if !is_said {
        let why = "only an end tells whether an entry goes on";
        losses.add("status", why, 1);
    }
    match end.as_deref().map(|end| (end, end.strip_suffix('~'))) {
        Some((_, Some(estimate))) => {
            set(END, Some(estimate.to_owned()));
            set(END_ESTIMATE, Some(YES[0].to_owned()));
        }
        Some((end, None)) => set(END, Some(end.to_owned())),
        None => {}
    }
    set(START, start);
    set(LINKS, loose(&draft.affiliations, directory, losses));
    set(GROUP, group(draft, directory, losses));
    set(WIKIPEDIA, article(&draft.external_ids, slug, losses));
    cells
}

/// A date as the table has it.
fn told(date: &DateDraft, losses: &mut Losses) -> Option<String> {
    let edtf = date.edtf.trim_end_matches(['~', '?', '%']);
    let is_plain = matches!(edtf.len(), 4 | 7 | 10)
        && edtf.bytes().all(|it| it == b'-' || it.is_ascii_digit())
        && date.edtf.len() <= edtf.len() + 1;
    if !is_plain || edtf.len() == date.edtf.len() {
        return date::plain(Some(date), losses);
    }
    date::wording(date, losses);
    Some(date.edtf.clone())
}

/// The cell of a tie: those on the other side of its links.
fn tied(tie: &Tie, mut links: Vec<Link>, own: Option<&str>, losses: &mut Losses) -> Option<String> {
    let order = |link: &Link| {
        link.date
            .as_ref()
            .map_or(NO_DATE_ORDER, HistoricalDate::order)
    };
    let other = |link: &Link| far(tie, link).to_owned();
    if tie == &FORK {
        links.sort_by_cached_key(other);
    } else if tie == &SPLIT {
        links.sort_by_cached_key(|link| (order(link), other(link)));
    } else {
        links.sort_by_cached_key(|link| (link.date.is_none(), Reverse(order(link)), other(link)));
    }
    let all = links.len();
    links.dedup_by(|next, link| far(tie, next) == far(tie, link));
    if tie != &FORK {
        let why = format!("the column `{}` names one entry", tie.column);
        losses.add("further ties of descent", &why, all - all.min(1));
        links.truncate(1);
    }
    for link in &links {
        losses_of(tie, link, own, losses);
    }
    let others: Vec<&str> = links.iter().map(|link| far(tie, link)).collect();
    (!others.is_empty()).then(|| others.join(" "))
}

/// Whom a tie's column names.
fn far<'a>(tie: &Tie, link: &'a Link) -> &'a str {
    if tie == &SPLIT {
        &link.predecessor.slug
    } else {
        &link.successor.slug
    }
}

/// What a cell does not tell of the link that it stands for.
fn losses_of(tie: &Tie, link: &Link, own: Option<&str>, losses: &mut Losses) {
    let mut ties = TIES.into_iter().chain([&ABSORB]);
    let is_way = ties.any(|it| {
        let mut rules = RULES.iter().filter(|rule| rule.event == it.event);
        it.column == tie.column && rules.any(|rule| rule.link == link.kind)
    });
    let ways = usize::from(!is_way);
    let why = "a column stands for several ways of descent";
    losses.add("ways of descent", why, ways);
    let date = link.date.as_ref().map(|date| date.edtf.as_str());
    let apart = usize::from(date.is_some() && date != own);
    let why = "a tie has the date at which its entry starts or ends";
    losses.add("dates of ties", why, apart);
    let people = link.people_value.is_some() || link.people_text.is_some();
    let why = "there is no column for it";
    losses.add("numbers of people", why, usize::from(people));
    losses.add("reasons", why, usize::from(link.reason.is_some()));
}

/// Those that an organisation belongs to or stands beside.
fn loose(
    affiliations: &[AffiliationDraft],
    directory: &Directory,
    losses: &mut Losses,
) -> Option<String> {
    let mut others: Vec<&str> = Vec::new();
    for item in affiliations {
        if !loss::is_told("affiliations", item.status, losses) {
            continue;
        }
        let kind = item.kind.unwrap_or(AffiliationKind::Member);
        let why = "a link tells only that there is one";
        let kinds = usize::from(kind != AffiliationKind::Other);
        losses.add("kinds of affiliations", why, kinds);
        let dates = [&item.start, &item.end].into_iter().flatten().count();
        losses.add("dates of affiliations", why, dates);
        match directory.get(Kind::Organisation, &item.body) {
            Some(body) if !others.contains(&body.slug.as_str()) => others.push(&body.slug),
            _ => {}
        }
    }
    (!others.is_empty()).then(|| others.join(" "))
}

/// The first topic that an organisation is put under.
fn group(draft: &OrganisationDraft, directory: &Directory, losses: &mut Losses) -> Option<String> {
    let mut told = Vec::new();
    for item in &draft.ideologies {
        if loss::is_told("ideologies", item.status, losses) {
            told.extend(directory.get(Kind::Topic, &item.topic));
        }
    }
    let (first, others) = told.split_first()?;
    losses.add("ideologies", "an entry is in one group", others.len());
    Some(first.name.clone())
}

fn article(ids: &[ExternalIdDraft], slug: &str, losses: &mut Losses) -> Option<String> {
    // What a table has called this entry by the same id.
    let own = |id: &&ExternalIdDraft| {
        id.scheme == SCHEME && id.value.rsplit_once(':').is_some_and(|(_, id)| id == slug)
    };
    let mut articles = ids.iter().filter_map(|id| title(&id.scheme, &id.value));
    let article = articles.next();
    let own = ids.iter().filter(own).count();
    let lost = ids.len() - own - usize::from(article.is_some());
    let why = "there is no column but for one article of Wikipedia";
    losses.add("ids in other collections", why, lost);
    article
}

/// In place of a column, for links that none can tell.
const LOOSER: &str = "";

/// Links by the organisation in whose row they stand, and by column.
struct Ties(HashMap<(NodeId, &'static str), Vec<Link>>);

impl Ties {
    fn of(links: Vec<Link>) -> Self {
        let mut ties: HashMap<_, Vec<Link>> = HashMap::new();
        for link in links {
            let tie = TIES.iter().find(|tie| tie.links.contains(&link.kind));
            let (row, column) = match tie {
                Some(tie) if *tie == &SPLIT => (link.successor.id, tie.column),
                Some(tie) => (link.predecessor.id, tie.column),
                None => (link.predecessor.id, LOOSER),
            };
            ties.entry((row, column)).or_default().push(link);
        }
        Self(ties)
    }

    fn take(&mut self, row: NodeId, column: &'static str) -> Vec<Link> {
        self.0.remove(&(row, column)).unwrap_or_default()
    }
}
