//! The fields of an organisation, by its infobox.

use anyhow::Result;
use entity::kind::{ClaimStatus, NameKind, OrganisationStatus, PublicationKind, TopicKind};

use super::super::{Import, position, slug};
use super::key::{self, Meaning};
use super::record::Records;
use super::subject::{Subject, claim};
use super::wording::{self, Undated};
use super::{Article, Entry, Part, markup, place, relation};
use crate::write::text::is_web_address;
use crate::write::{
    ClaimDraft, Claims, ClassificationDraft, Content, DateDraft, Draft, Kind, NameDraft,
    OrganisationDraft, PublicationDraft, TopicDraft,
};

/// An organisation on its way from the entries of an infobox.
struct Fields<'a> {
    subject: &'a Subject,
    organisation: OrganisationDraft,
    records: Records,
    /// What has to be there for it.
    drafts: Vec<Draft>,
}

/// The organisation, and all that its infobox names.
pub(super) async fn drafts(
    import: &mut Import<'_>,
    article: &Article,
    subject: &Subject,
) -> Result<Vec<Draft>> {
    let organisation = OrganisationDraft {
        name: subject.name.clone(),
        source: Some(subject.source.clone()),
        external_ids: vec![subject.id.clone()],
        ..OrganisationDraft::default()
    };
    let mut fields = Fields {
        subject,
        organisation,
        records: Records::default(),
        drafts: Vec::new(),
    };
    let language = article
        .entries
        .iter()
        .find(|it| key::of(&it.key) == Meaning::NativeLanguage);
    let language = language
        .map(Entry::text)
        .filter(|code| code.len() <= 3 && code.len() > 1);
    let mut events = Vec::new();
    for entry in &article.entries {
        let meaning = key::of(&entry.key);
        match meaning {
            Meaning::SplitFrom
            | Meaning::MergerOf
            | Meaning::MergedInto
            | Meaning::Successor
            | Meaning::Predecessor => {
                let records = &mut fields.records;
                events.extend(relation::drafts(import, entry, meaning, subject, records).await?);
            }
            Meaning::Headquarters | Meaning::Country => {
                fields.place(import, entry, meaning).await?;
            }
            Meaning::Newspaper => fields.newspapers(import, entry).await?,
            Meaning::Founded | Meaning::Dissolved => fields.date(import, entry, meaning),
            Meaning::NativeName => fields.native_name(entry, language.as_deref()),
            Meaning::NativeLanguage => {}
            Meaning::Other(why) => {
                let what = format!("entries `{}`", entry.key);
                import.report.losses.add(&what, why, 1);
                continue;
            }
            _ => fields.word(import, entry, meaning),
        }
        import.report.carry("entries of the infobox read", 1);
    }
    let mut drafts = fields.drafts;
    drafts.push(Draft {
        slug: subject.slug.clone(),
        content: Content::Organisation(Box::new(fields.organisation)),
    });
    drafts.extend(events);
    Ok(drafts)
}

impl Fields<'_> {
    fn cite(&mut self, field: &str, claim: ClaimDraft) {
        let claims = self.organisation.claims.entry(field.to_owned());
        claims.or_default().push(claim);
    }

    /// What is no more than words.
    fn word(&mut self, import: &mut Import<'_>, entry: &Entry, meaning: Meaning) {
        let text = entry.text();
        if text.is_empty() {
            return;
        }
        let organisation = &mut self.organisation;
        match meaning {
            Meaning::Name => self.cite("name", claim(entry)),
            Meaning::Abbreviation => {
                organisation.abbreviation = Some(text);
                self.cite("abbreviation", claim(entry));
            }
            Meaning::Leadership => {
                let listed = entry.listed();
                let named: Vec<String> = listed.iter().map(|it| markup::shown_text(it)).collect();
                organisation.leadership = Some(named.join(", "));
                self.cite("leadership", claim(entry));
            }
            Meaning::Position => match position::of(&text) {
                Some(position) => {
                    organisation.position = Some(position);
                    self.cite("position", claim(entry));
                }
                None => self.unsure(
                    import,
                    entry,
                    "it is no single position between left and right",
                ),
            },
            Meaning::Website => match address(entry) {
                Some(address) => {
                    organisation.website = Some(address);
                    self.cite("website", claim(entry));
                }
                None => self.unsure(import, entry, "it is no address on the web"),
            },
            Meaning::Ideologies => self.ideologies(entry),
            _ => {}
        }
    }

    fn unsure(&self, import: &mut Import<'_>, entry: &Entry, why: &str) {
        let message = format!("`{}`: {why}; it is left out", entry.quote);
        let place = self.subject.place(entry.line);
        import
            .report
            .warn("values that are not sure", place, message);
    }

    fn date(&mut self, import: &mut Import<'_>, entry: &Entry, meaning: Meaning) {
        let is_founding = meaning == Meaning::Founded;
        let text = entry.text();
        let date = wording::date(&text);
        if !is_founding && date != Err(Undated::None) {
            // That it has ended is sure, even where the date is not.
            self.organisation.status = Some(OrganisationStatus::Dissolved);
            self.cite("status", claim(entry));
        }
        let date = match date {
            Ok(date) => date,
            Err(undated) => {
                let message = format!("`{}`: {}; it is left out", entry.quote, undated.message());
                let place = self.subject.place(entry.line);
                import
                    .report
                    .warn("values that are no date", place, message);
                return;
            }
        };
        let field = if is_founding { "founded" } else { "dissolved" };
        let shown = if is_founding {
            &mut self.organisation.founded
        } else {
            &mut self.organisation.dissolved
        };
        let mut claim = claim(entry);
        match shown {
            Some(shown) if shown.edtf != date.edtf => claim.value = Some(date.edtf.clone()),
            Some(_) => {}
            None => *shown = Some(date.clone()),
        }
        self.cite(field, claim);
        if is_founding {
            self.founding_name(entry, &text, &date);
        }
    }

    /// "Name (date)": the name under which it was founded, where that is the name of today without what tells it from
    /// others in brackets. Anything else there may be a place or another body.
    fn founding_name(&mut self, entry: &Entry, text: &str, date: &DateDraft) {
        let Some((name, _)) = text.split_once('(') else {
            return;
        };
        let name = name.trim();
        let rest = self.subject.name.strip_prefix(name).map(str::trim);
        if name.is_empty() || !rest.is_some_and(|rest| rest.starts_with('(')) {
            return;
        }
        self.organisation.names.push(NameDraft {
            kind: Some(NameKind::Alternative),
            start: Some(DateDraft {
                edtf: date.edtf.clone(),
                text: None,
            }),
            claims: vec![claim(entry)],
            ..NameDraft::bare(name.to_owned())
        });
    }

    fn native_name(&mut self, entry: &Entry, language: Option<&str>) {
        for item in &entry.items {
            let text = markup::shown_text(item);
            if text.is_empty() || text == self.subject.name {
                continue;
            }
            self.organisation.names.push(NameDraft {
                kind: Some(NameKind::Official),
                language: language.map(str::to_owned),
                claims: vec![claim(entry)],
                ..NameDraft::bare(text)
            });
        }
    }

    fn ideologies(&mut self, entry: &Entry) {
        for piece in entry.listed() {
            let text = markup::shown_text(&piece);
            let name = text.split('(').next().unwrap_or_default().trim();
            // A heading above a part of the list.
            if name.ends_with(':') || slug::of(name).is_empty() {
                continue;
            }
            let name = capitalised(name);
            let topic = slug::of(&name);
            if self
                .organisation
                .ideologies
                .iter()
                .any(|it| it.topic == topic)
            {
                continue;
            }
            let content = TopicDraft {
                name,
                kind: Some(TopicKind::Ideology),
                parent: None,
            };
            self.drafts.push(Draft {
                slug: topic.clone(),
                content: Content::Topic(Box::new(content)),
            });
            let mut claim = claim(entry);
            claim.note = text.split_once('(').map(|(_, note)| format!("({note}"));
            self.organisation.ideologies.push(ClassificationDraft {
                topic,
                status: None::<ClaimStatus>,
                claims: vec![claim],
            });
        }
    }

    async fn place(
        &mut self,
        import: &mut Import<'_>,
        entry: &Entry,
        meaning: Meaning,
    ) -> Result<()> {
        let text = entry.text();
        let is_country = meaning == Meaning::Country;
        let located = if is_country {
            place::country(import, &text).await?
        } else {
            place::headquarters(import, &text).await?
        };
        let Some(located) = located else {
            let why = if is_country {
                "no country of that name is known here"
            } else {
                "which places these are is not sure"
            };
            self.unsure(import, entry, why);
            return Ok(());
        };
        for draft in located.drafts {
            if self
                .drafts
                .iter()
                .all(|it| it.kind() != Kind::Place || it.slug != draft.slug)
            {
                self.drafts.push(draft);
            }
        }
        let (field, shown) = if is_country {
            ("country", &mut self.organisation.country)
        } else {
            ("headquarters", &mut self.organisation.headquarters)
        };
        *shown = Some(located.slug);
        self.cite(field, claim(entry));
        Ok(())
    }

    async fn newspapers(&mut self, import: &mut Import<'_>, entry: &Entry) -> Result<()> {
        for piece in entry.listed() {
            let link = piece.iter().find_map(|part| match part {
                Part::Link { target, .. } => Some(target.clone()),
                _ => None,
            });
            let text = markup::shown_text(&piece);
            let title = link.clone().unwrap_or(text);
            let records = &mut self.records;
            let kind = Kind::Publication;
            let record = records
                .find(import, kind, &title, link.is_some(), entry, self.subject)
                .await?;
            if let Some(ids) = record.new {
                let cited = vec![claim(entry)];
                let content = PublicationDraft {
                    name: record.name.clone(),
                    source: Some(self.subject.source.clone()),
                    external_ids: ids,
                    kind: Some(PublicationKind::Newspaper),
                    claims: Claims::from([
                        ("kind".to_owned(), cited.clone()),
                        ("name".to_owned(), cited),
                    ]),
                    ..PublicationDraft::default()
                };
                self.drafts.push(Draft {
                    slug: record.slug.clone(),
                    content: Content::Publication(Box::new(content)),
                });
            }
            let mut claim = claim(entry);
            match &self.organisation.newspaper {
                Some(shown) if *shown != record.slug => {
                    claim.node = Some(format!("publication/{}", record.slug));
                }
                _ => self.organisation.newspaper = Some(record.slug),
            }
            self.cite("newspaper", claim);
        }
        Ok(())
    }
}

/// The address of a page: a link to it, or a text that is one.
fn address(entry: &Entry) -> Option<String> {
    let parts = entry.items.iter().flatten();
    let linked = parts.filter_map(|part| match part {
        Part::Address { url, .. } => Some(url.clone()),
        _ => None,
    });
    let text = linked.into_iter().next().unwrap_or_else(|| entry.text());
    let address = if text.contains("://") {
        text
    } else {
        format!("http://{text}")
    };
    (is_web_address(&address) && address.contains('.')).then_some(address)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
