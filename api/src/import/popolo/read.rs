//! What people, organisations and events have alike: names, ids, links and sources.

use entity::kind::{ClaimStatus, NameKind};

use super::document::Item;
use super::json::{Record, Value};
use crate::format::popolo::{
    ADDRESS, Class, NAME_NOTES, OWN_SCHEME, SCHEME, WEBSITE, WIKIDATA, address, external_id,
    meaning, why_lost,
};
use crate::import::{Import, slug, wikipedia};
use crate::write::text::{is_slug, is_web_address};
use crate::write::{ClaimDraft, Content, DateDraft, ExternalIdDraft, Kind, NameDraft};

/// A record that has been read, but for what ties it to others.
pub(super) struct Read {
    pub class: Class,
    pub id: String,
    /// What it says, but for its ids.
    pub content: Content,
    pub ids: Vec<ExternalIdDraft>,
    /// The slug here of the record that it says to be.
    pub own: Option<String>,
    /// The slugs that it might have.
    pub slugs: Vec<String>,
    /// The claim on everything in it that has none.
    pub claim: ClaimDraft,
}

impl Read {
    pub fn kind(&self) -> Kind {
        match self.class {
            Class::Person => Kind::Person,
            Class::Event => Kind::Event,
            _ => Kind::Organisation,
        }
    }
}

/// A claim at a place of the file, and nothing more.
pub(super) fn claim(locator: &str) -> ClaimDraft {
    ClaimDraft {
        locator: Some(locator.to_owned()),
        ..ClaimDraft::bare()
    }
}

/// The same for what follows from what stands there.
pub(super) fn derived(locator: &str, note: Option<String>) -> ClaimDraft {
    ClaimDraft {
        status: Some(ClaimStatus::Derived),
        note,
        ..claim(locator)
    }
}

/// Where a record stands. Places in lists change more often than ids.
pub(super) fn locator(class: Class, item: &Item<'_>) -> String {
    if item.has_id {
        format!("{}/{}", class.collection(), item.id)
    } else {
        item.record.whole.path()
    }
}

/// The claim on everything that a record says and that has none of its own: it tells what the record was taken from.
pub(super) fn claim_of(
    import: &mut Import<'_>,
    record: &mut Record<'_>,
    locator: &str,
) -> ClaimDraft {
    let sources = record
        .records("sources", import)
        .into_iter()
        .filter_map(|mut source| {
            let url = source.text("url", import);
            let note = source.text("note", import);
            match (url, note) {
                (Some(url), Some(note)) => Some(format!("{url} ({note})")),
                (url, note) => url.or(note),
            }
        });
    let sources: Vec<String> = sources.collect();
    ClaimDraft {
        note: (!sources.is_empty()).then(|| format!("Taken from {}", sources.join(", "))),
        ..claim(locator)
    }
}

/// The name; a record without one is noted.
pub(super) fn named(import: &mut Import<'_>, name: Option<String>, item: &Item<'_>) -> String {
    // One that is no text has been noted.
    let is_noted = item.record.get("name").is_some_and(|name| !name.is_text());
    if name.is_none() && !is_noted {
        import.refuse(item.record.whole.fault("it has no name"));
    }
    name.unwrap_or_default()
}

/// The other names of a record called `name`.
pub(super) fn names(
    import: &mut Import<'_>,
    record: &mut Record<'_>,
    name: &str,
    locator: &str,
) -> Vec<NameDraft> {
    let mut names: Vec<NameDraft> = Vec::new();
    for mut other in record.records("other_names", import) {
        let Some(text) = other.text("name", import) else {
            import.refuse(other.whole.fault("it has no name"));
            continue;
        };
        let language = other.take("lang").or_else(|| other.take("language"));
        let language = language.and_then(|language| language_of(import, &language));
        let start = other.date("start_date", import);
        let end = other.date("end_date", import);
        let note = other.text("note", import);
        rest(import, "other name", &other);
        let kind = note.as_deref().and_then(|note| meaning(&NAME_NOTES, note));
        let is_short = kind == Some(NameKind::Abbreviation);
        if text == name && start.is_none() && end.is_none() && !is_short {
            if language.is_some() {
                let why = "the graph does not repeat a name for each language";
                import
                    .report
                    .losses
                    .add("languages in which the name is the same", why, 1);
            }
            continue;
        }
        let kind = kind.unwrap_or(match (&end, &language) {
            (Some(_), _) => NameKind::Former,
            (None, Some(_)) => NameKind::Translation,
            (None, None) => NameKind::Alternative,
        });
        names.push(NameDraft {
            text,
            kind: Some(kind),
            language,
            start,
            end,
            preferred: false,
            claims: vec![ClaimDraft {
                note,
                ..claim(locator)
            }],
        });
    }
    names
}

/// A language tag, if the value is one.
fn language_of(import: &mut Import<'_>, value: &Value<'_>) -> Option<String> {
    let tag = value.text(import)?.replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_lowercase())
        && parts.all(|it| {
            (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        });
    if !is_tag {
        let message =
            format!("`{tag}` is no language tag such as `en` or `zh-Hant`; it is left out");
        import.report.warn(
            "languages that cannot be understood",
            value.place(),
            message,
        );
    }
    is_tag.then_some(tag)
}

/// What links and ways of contact lead to, as far as the graph has a place for it.
#[derive(Default)]
pub(super) struct Links {
    pub ids: Vec<ExternalIdDraft>,
    pub website: Option<String>,
    /// What else there is: the note and the address of each.
    pub others: Vec<(String, String)>,
}

/// Reads links. Those that lead to a record elsewhere are ids; one that is said to be the website is that where the
/// record can have one.
pub(super) fn links(import: &mut Import<'_>, record: &mut Record<'_>, has_website: bool) -> Links {
    let mut found = Links::default();
    for mut link in record.records("links", import) {
        let Some(url) = link.text("url", import) else {
            continue;
        };
        let note = link.text("note", import).unwrap_or_default().to_lowercase();
        rest(import, "link", &link);
        let id = wikipedia::of_address(&url).or_else(|| wikidata(&url));
        if let Some(id) = id {
            found.ids.push(id);
        } else if has_website
            && found.website.is_none()
            && is_website(&note)
            && is_web_address(&url)
        {
            found.website = Some(url);
        } else {
            found.others.push((note, url));
        }
    }
    for mut contact in record.records("contact_details", import) {
        let kind = contact
            .text("type", import)
            .unwrap_or_default()
            .to_lowercase();
        let value = contact.text("value", import).unwrap_or_default();
        if has_website && found.website.is_none() && is_website(&kind) && is_web_address(&value) {
            found.website = Some(value);
        } else if !has_website || kind != ADDRESS {
            import
                .report
                .losses
                .add("contact details", why_lost("contact_details"), 1);
        }
    }
    found
}

fn is_website(word: &str) -> bool {
    [
        WEBSITE,
        "web site",
        "homepage",
        "home page",
        "official",
        "web",
        "url",
    ]
    .iter()
    .any(|it| word == *it || it.len() > 3 && word.contains(it))
}

/// The ids of a record.
pub(super) struct Ids {
    /// Its slug here, as a document of this program tells it.
    pub own: Option<String>,
    /// All that are ids in other collections: the one within the file first.
    pub others: Vec<ExternalIdDraft>,
}

pub(super) fn ids(
    import: &mut Import<'_>,
    record: &mut Record<'_>,
    (source, class, item): (&str, Class, &Item<'_>),
    links: Links,
) -> Ids {
    let mut found = Ids {
        own: None,
        others: vec![ExternalIdDraft {
            scheme: SCHEME.to_owned(),
            value: external_id(source, class, &item.id),
            url: None,
        }],
    };
    for mut identifier in record.records("identifiers", import) {
        let Some(value) = identifier.text("identifier", import) else {
            continue;
        };
        // What has no scheme is an id in this collection.
        let scheme = identifier.text("scheme", import);
        let scheme = scheme.unwrap_or_else(|| source.to_owned());
        rest(import, "identifier", &identifier);
        if scheme == OWN_SCHEME && is_slug(&value) {
            found.own = Some(value);
            continue;
        }
        let id = match scheme.to_lowercase().as_str() {
            WIKIDATA => wikidata(&value),
            wikipedia::SCHEME => wikipedia::article(&value),
            OWN_SCHEME => None,
            _ => Some(ExternalIdDraft {
                scheme: scheme.clone(),
                value: value.clone(),
                url: None,
            }),
        };
        if let Some(id) = id {
            found.add(id);
        } else {
            let message = format!("`{value}` is no id of {scheme}; it is left out");
            let place = identifier.whole.place();
            let kind = "ids that cannot be understood";
            import.report.warn(kind, place, message);
        }
    }
    links.ids.into_iter().for_each(|id| found.add(id));
    for (note, url) in links.others {
        // A link may be noted with the scheme of the id that it is the address of.
        let mut of = found.others.iter_mut().filter(|id| id.url.is_none());
        match of.find(|id| id.scheme.to_lowercase() == note && is_web_address(&url)) {
            Some(id) => id.url = Some(url),
            None => import.report.losses.add("links", why_lost("links"), 1),
        }
    }
    found
}

impl Ids {
    fn add(&mut self, id: ExternalIdDraft) {
        let mut known = self.others.iter_mut();
        match known.find(|it| it.scheme == id.scheme && it.value == id.value) {
            Some(known) => known.url = known.url.take().or(id.url),
            None => self.others.push(id),
        }
    }
}

/// The slug here of a record that has no other ids.
pub(super) fn own_slug(import: &mut Import<'_>, record: &mut Record<'_>) -> Option<String> {
    let mut own = None;
    for mut identifier in record.records("identifiers", import) {
        let scheme = identifier.text("scheme", import);
        let value = identifier.text("identifier", import);
        let is_own = scheme.as_deref() == Some(OWN_SCHEME);
        let value = value.filter(|value| is_own && is_slug(value));
        if value.is_none() {
            let what = format!("`identifiers` of {}s", Class::Area.word());
            import.report.losses.add(&what, why_lost("identifiers"), 1);
        }
        own = value.or(own);
    }
    own
}

/// The slugs that a record might have: its own, else what its name gives.
pub(super) fn slugs(ids: &Ids, name: &str, distinctions: &[&str]) -> Vec<String> {
    let others = slug::candidates(name, distinctions);
    ids.own.clone().into_iter().chain(others).collect()
}

/// `Q42`, or an address that ends in it.
fn wikidata(text: &str) -> Option<ExternalIdDraft> {
    let (site, value) = text.rsplit_once('/').unwrap_or(("", text));
    let number = value.strip_prefix(['Q', 'q'])?;
    let is_site = site.is_empty() || site.contains("wikidata.org");
    if !is_site || number.is_empty() || !number.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let value = format!("Q{number}");
    Some(ExternalIdDraft {
        scheme: WIKIDATA.to_owned(),
        url: address(WIKIDATA, &value),
        value,
    })
}

/// Tells which fields of a record nobody has taken.
pub(super) fn rest(import: &mut Import<'_>, of: &str, record: &Record<'_>) {
    for (field, value) in record.rest() {
        let what = format!("`{field}` of {of}s");
        import
            .report
            .losses
            .add(&what, why_lost(field), value.count());
    }
}

/// The year of a date, to tell slugs apart by.
pub(super) fn year(date: Option<&DateDraft>) -> &str {
    date.and_then(|date| date.edtf.get(..4)).unwrap_or_default()
}
