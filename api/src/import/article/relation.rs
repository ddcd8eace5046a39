//! Who an organisation came out of and what became of it, by its infobox, as events.

use anyhow::Result;
use entity::kind::{EventKind, LineageKind};

use super::super::{Import, slug};
use super::key::Meaning;
use super::record::{Record, Records};
use super::subject::{Subject, claim};
use super::{Entry, party};
use crate::write::{
    ClaimDraft, Claims, Content, DateDraft, Draft, EventDraft, ExternalIdDraft, Kind,
    OrganisationDraft, ParticipationDraft, Stranger,
};

const SCHEME: &str = "wikipedia-infobox";
/// How a relation becomes an event.
struct Shape {
    kind: EventKind,
    link: LineageKind,
    /// The role of the subject, and that of those named.
    roles: (&'static str, &'static str),
    /// Whether those named come first.
    is_later: bool,
}

const fn shape(meaning: Meaning) -> Option<Shape> {
    let (kind, link, roles, is_later) = match meaning {
        Meaning::SplitFrom => (
            EventKind::Split,
            LineageKind::SplitFrom,
            ("resulting", "origin"),
            true,
        ),
        Meaning::MergerOf => (
            EventKind::Merger,
            LineageKind::MergedInto,
            ("resulting", "origin"),
            true,
        ),
        Meaning::MergedInto => (
            EventKind::Merger,
            LineageKind::MergedInto,
            ("ceased", "resulting"),
            false,
        ),
        Meaning::Predecessor => (
            EventKind::Succession,
            LineageKind::SucceededBy,
            ("resulting", "origin"),
            true,
        ),
        Meaning::Successor => (
            EventKind::Succession,
            LineageKind::SucceededBy,
            ("origin", "resulting"),
            false,
        ),
        _ => return None,
    };
    Some(Shape {
        kind,
        link,
        roles,
        is_later,
    })
}

/// The events of an entry, and the organisations that it names and nobody knows yet.
pub(super) async fn drafts(
    import: &mut Import<'_>,
    entry: &Entry,
    meaning: Meaning,
    subject: &Subject,
    records: &mut Records,
) -> Result<Vec<Draft>> {
    let Some(shape) = shape(meaning) else {
        return Ok(Vec::new());
    };
    let mut drafts = Vec::new();
    let mut named: Vec<(Record, Option<DateDraft>)> = Vec::new();
    for party in party::named(import, entry, subject) {
        let is_link = party.article.is_some();
        let record = records
            .find(
                import,
                Kind::Organisation,
                &party.name,
                is_link,
                entry,
                subject,
            )
            .await?;
        if record.slug == subject.slug {
            let message = format!("`{}` names the organisation itself", entry.quote);
            let place = subject.place(entry.line);
            import
                .report
                .warn("values that are not sure", place, message);
            continue;
        }
        if let Some(ids) = record.new.clone() {
            drafts.push(stub(&record, ids, entry, subject));
        }
        named.push((record, party.date));
    }
    // A merger is one event, however many went into it; of everything else there is one for each.
    let groups: Vec<Vec<(Record, Option<DateDraft>)>> = match meaning {
        Meaning::MergerOf => vec![named],
        _ => named.into_iter().map(|party| vec![party]).collect(),
    };
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        drafts.extend(event(import, entry, meaning, &shape, group, subject).await?);
    }
    Ok(drafts)
}

/// The event of some that are named together, unless the links that follow from it are known already.
async fn event(
    import: &mut Import<'_>,
    entry: &Entry,
    meaning: Meaning,
    shape: &Shape,
    mut parties: Vec<(Record, Option<DateDraft>)>,
    subject: &Subject,
) -> Result<Option<Draft>> {
    let names = |parties: &[(Record, Option<DateDraft>)]| {
        let names: Vec<&str> = parties.iter().map(|(it, _)| it.name.as_str()).collect();
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => names.concat(),
        }
    };
    let value = if meaning == Meaning::MergerOf {
        format!("{}#merger", subject.id.value)
    } else {
        let first = parties.first().map_or("", |(it, _)| it.slug.as_str());
        format!("{}#{}/{first}", subject.id.value, entry.key)
    };
    let name = match meaning {
        Meaning::SplitFrom => format!("Split of {} from {}", subject.name, names(&parties)),
        Meaning::MergerOf => format!("Merger of {} into {}", names(&parties), subject.name),
        Meaning::MergedInto => format!("Merger of {} into {}", subject.name, names(&parties)),
        Meaning::Successor => format!("Succession of {} to {}", names(&parties), subject.name),
        _ => format!("Succession of {} to {}", subject.name, names(&parties)),
    };
    let external_id = ExternalIdDraft {
        scheme: SCHEME.to_owned(),
        value,
        url: None,
    };
    let stranger = Stranger {
        kind: Kind::Event,
        external_ids: vec![external_id],
        slugs: slug::candidates(&name, &[&subject.slug]),
    };
    let place = subject.place(entry.line);
    let found = import.match_all(&[stranger], |_| place.clone()).await?;
    let Some(found) = found.into_iter().next() else {
        return Ok(None);
    };
    if !found.known {
        let mut open = Vec::new();
        for (party, date) in parties {
            if is_known(import, shape, &party, subject).await? {
                import.report.carry("links that were known already", 1);
            } else {
                open.push((party, date));
            }
        }
        parties = open;
    }
    let Some((_, date)) = parties.first() else {
        return Ok(None);
    };
    let cited = claim(entry);
    let date = date
        .clone()
        .filter(|date| parties.iter().all(|(_, it)| it.as_ref() == Some(date)));
    let mut claims = Claims::new();
    if date.is_some() {
        claims.insert("date".to_owned(), vec![cited.clone()]);
    }
    claims.insert("kind".to_owned(), vec![cited.clone()]);
    let part = |who: String, role: &str| participation(who, role, cited.clone());
    let mut participants: Vec<_> = parties
        .iter()
        .map(|(party, _)| part(format!("organisation/{}", party.slug), shape.roles.1))
        .collect();
    participants.push(part(subject.reference(), shape.roles.0));
    if !shape.is_later {
        participants.reverse();
    }
    import.report.carry("links", parties.len());
    let content = EventDraft {
        name,
        source: Some(subject.source.clone()),
        external_ids: found.external_ids,
        kind: Some(shape.kind),
        date,
        participants,
        claims,
        ..EventDraft::default()
    };
    Ok(Some(Draft {
        slug: found.slug,
        content: Content::Event(Box::new(content)),
    }))
}

/// Whether it is known already that the two are linked so.
async fn is_known(
    import: &Import<'_>,
    shape: &Shape,
    party: &Record,
    subject: &Subject,
) -> Result<bool> {
    let own = import
        .known_by_slug(Kind::Organisation, [subject.slug.as_str()])
        .await?;
    let (Some(own), Some(other)) = (own.get(&subject.slug), &party.known) else {
        return Ok(false);
    };
    let (earlier, later) = if shape.is_later {
        (other, own)
    } else {
        (own, other)
    };
    import.is_linked(shape.link, earlier, later).await
}

fn participation(who: String, role: &str, claim: ClaimDraft) -> ParticipationDraft {
    ParticipationDraft {
        participant: Some(who),
        claims: vec![claim],
        ..ParticipationDraft::bare(role.to_owned())
    }
}

/// An organisation of which no more is known than its name.
fn stub(record: &Record, ids: Vec<ExternalIdDraft>, entry: &Entry, subject: &Subject) -> Draft {
    let content = OrganisationDraft {
        name: record.name.clone(),
        source: Some(subject.source.clone()),
        external_ids: ids,
        claims: Claims::from([("name".to_owned(), vec![claim(entry)])]),
        ..OrganisationDraft::default()
    };
    Draft {
        slug: record.slug.clone(),
        content: Content::Organisation(Box::new(content)),
    }
}
