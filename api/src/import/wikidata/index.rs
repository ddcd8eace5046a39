//! What the first reading of the file learns: which item is which record, under which slug and name. It stays in memory
//! while the file is read again; the statements do not.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use entity::kind::{OrganisationKind, PlaceKind, PoliticalPosition};
use serde_json::json;

use super::super::fault::Place;
use super::super::report::Report;
use super::super::{Import, slug, wikipedia};
use super::class::{self, Class};
use super::date;
use super::item::{Entity, Item, Rank, clean};
use super::language;
use super::lineage::TIES;
use crate::write::{Content, Draft, ExternalIdDraft, Kind, Stranger};

pub(super) const SCHEME: &str = "wikidata";

/// Records that are made known together.
const TOGETHER: usize = 1000;

/// What is kept of each item.
struct Sketch {
    line: Option<u64>,
    /// In the first of the languages.
    name: Option<String>,
    wikipedia: Option<String>,
    /// Numbers that it had before it was merged.
    former: Vec<Item>,
    classes: Vec<Item>,
    by_properties: Option<Class>,
    /// ISO 3166 code.
    code: Option<String>,
    /// The place that it lies in, then the country.
    around: Vec<Item>,
    founded: Option<String>,
    dissolved: Option<String>,
}

/// What items are named as by others.
#[derive(Default)]
struct Named {
    records: HashSet<Item>,
    parties: HashSet<Item>,
    topics: HashSet<Item>,
    places: HashSet<Item>,
    countries: HashSet<Item>,
    /// As what says what others are: classes, and positions between left and right.
    words: HashSet<Item>,
    /// Which items a series has right before each.
    before: HashMap<Item, Vec<Item>>,
}

/// A record that an item is.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub class: Class,
    /// No class of its own says what it is, but other things do.
    pub is_derived: bool,
    pub slug: String,
    pub name: String,
    /// Those that are its own; none where the file does not hold it.
    pub external_ids: Vec<ExternalIdDraft>,
}

impl Record {
    pub fn kind(&self) -> Kind {
        self.class.kind()
    }

    /// As participants are named.
    pub fn reference(&self) -> String {
        format!("{}/{}", self.kind(), self.slug)
    }
}

/// See the module's documentation.
#[derive(Default)]
pub(super) struct Index {
    sketches: HashMap<Item, Sketch>,
    subclass_of: HashMap<Item, Vec<Item>>,
    /// Items by numbers that they had before.
    former: HashMap<Item, Item>,
    named: Named,
    records: HashMap<Item, Record>,
    /// Slugs of countries.
    countries: HashMap<Item, String>,
}

impl Index {
    /// Takes note of an item; false: it was there before.
    pub fn sketch(&mut self, item: Item, entity: &Entity, line: Option<u64>) -> bool {
        if self.sketches.contains_key(&item) {
            return false;
        }
        let former: Vec<Item> = entity
            .former()
            .into_iter()
            .filter(|it| *it != item)
            .collect();
        self.former.extend(former.iter().map(|it| (*it, item)));
        let wider: Vec<Item> = entity.items("P279").collect();
        if !wider.is_empty() {
            self.subclass_of.insert(item, wider);
        }
        self.named.note(entity);
        let codes = ["P297", "P300", "P773"].into_iter();
        let mut codes = codes.flat_map(|property| entity.statements(property));
        let day = |property: &str| {
            let statements = entity.statements(property).iter();
            let best = statements
                .filter(|it| it.rank != Rank::Deprecated)
                .min_by_key(|it| it.rank);
            best.and_then(|it| Some(date::of_statement(it).ok()?.date.edtf))
        };
        let sketch = Sketch {
            line,
            name: language::shown(&entity.labels),
            wikipedia: entity
                .sitelinks
                .get("enwiki")
                .and_then(|link| clean(&link.title)),
            former,
            classes: entity.items("P31").collect(),
            by_properties: class::by_properties(entity),
            code: codes.find_map(|it| it.mainsnak.text()),
            around: entity.items("P131").chain(entity.items("P17")).collect(),
            founded: day("P571"),
            dissolved: day("P576"),
        };
        self.sketches.insert(item, sketch);
        true
    }

    fn class(&self, item: Item, sketch: &Sketch) -> Option<Class> {
        class::by_classes(&sketch.classes, &self.subclass_of)
            .or_else(|| self.named.topics.contains(&item).then_some(Class::Topic))
            .or_else(|| {
                let is_party = self.named.parties.contains(&item);
                is_party.then_some(Class::Organisation(OrganisationKind::Party))
            })
            .or(sketch.by_properties)
            .or_else(|| {
                let is_country = self.named.countries.contains(&item) && sketch.code.is_some();
                let is_place = self.named.places.contains(&item) || is_country;
                is_place.then_some(Class::Place(PlaceKind::Other))
            })
    }

    /// Finds out which record each item is, and makes those that are new known.
    pub async fn settle(&mut self, import: &mut Import<'_>, file: &str) -> Result<()> {
        let mut items: Vec<(Item, Class)> = Vec::new();
        let mut sketched: Vec<(&Item, &Sketch)> = self.sketches.iter().collect();
        sketched.sort_by_key(|(item, _)| **item);
        for (item, sketch) in sketched {
            match self.class(*item, sketch) {
                None if self.named.words.contains(item) => {}
                None => unclassed(&mut import.report, sketch),
                Some(_) if sketch.name.is_none() => {
                    let why = "without a label in any language they have no name to go by";
                    import.report.losses.add("items", why, 1);
                }
                Some(class) if class.kind().is_entity() => items.push((*item, class)),
                Some(class) => self.unnamed(*item, class, &mut import.report),
            }
        }
        let strangers: Vec<Stranger> = items
            .iter()
            .filter_map(|(item, class)| Some(stranger(*item, *class, self.sketches.get(item)?)))
            .collect();
        let place = |index: usize| {
            let sketch = items
                .get(index)
                .and_then(|(item, _)| self.sketches.get(item));
            let line = sketch.and_then(|sketch| sketch.line);
            line.map_or_else(|| Place::file(file), |line| Place::file(file).line(line))
        };
        let matches = import.match_all(&strangers, place).await?;
        let mut drafts = Vec::new();
        for ((item, class), found) in items.into_iter().zip(matches) {
            if !found.external_ids.iter().any(|id| id.scheme == SCHEME) {
                let why =
                    "another record has their number; which of the two it is has to be decided";
                import.report.losses.add("items", why, 1);
                continue;
            }
            let name = self.sketches.get(&item).and_then(|it| it.name.clone());
            let name = name.unwrap_or_default();
            drafts.push(Draft {
                slug: found.slug.clone(),
                content: Content::deserialize(class.kind(), json!({ "name": name }))?,
            });
            let classes = self.sketches.get(&item).map_or(&[][..], |it| &it.classes);
            let record = Record {
                class,
                is_derived: class::by_classes(classes, &self.subclass_of).is_none(),
                slug: found.slug,
                name,
                external_ids: found.external_ids,
            };
            self.records.insert(item, record);
        }
        for drafts in drafts.chunks(TOGETHER) {
            import.announce(drafts).await?;
        }
        self.meet(import).await?;
        for item in &self.named.countries {
            let sketch = self.sketches.get(item);
            if let Some(sketch) = sketch
                && let (Some(code), Some(name)) = (&sketch.code, &sketch.name)
            {
                let slug = import.country(code, name).await?;
                self.countries.insert(*item, slug);
            }
        }
        Ok(())
    }

    /// Finds those that the file names, and does not hold, among the stored records.
    async fn meet(&mut self, import: &Import<'_>) -> Result<()> {
        let absent = self.named.records.iter();
        let absent: Vec<Item> = absent
            .filter(|item| self.record(**item).is_none() && !self.sketches.contains_key(item))
            .copied()
            .collect();
        let ids: Vec<String> = absent.iter().map(|item| format!("Q{item}")).collect();
        let known = import
            .known_by_id(SCHEME, ids.iter().map(String::as_str))
            .await?;
        for (item, id) in absent.into_iter().zip(&ids) {
            if let Some(known) = known.get(id)
                && let Some(class) = Class::of_kind(known.kind)
            {
                let record = Record {
                    class,
                    is_derived: false,
                    slug: known.slug.clone(),
                    name: known.name.clone(),
                    external_ids: Vec::new(),
                };
                self.records.insert(item, record);
            }
        }
        Ok(())
    }

    fn unnamed(&self, item: Item, class: Class, report: &mut Report) {
        let (named, what) = match class {
            Class::Topic => (self.named.topics.contains(&item), "ideologies"),
            _ => (
                self.named.places.contains(&item) || self.named.countries.contains(&item),
                "places",
            ),
        };
        if !named {
            let why =
                "nothing in the file names them, and by themselves they say nothing of anybody";
            report.losses.add(what, why, 1);
        }
    }

    /// The number that an item has today.
    pub fn current(&self, item: Item) -> Item {
        self.former.get(&item).copied().unwrap_or(item)
    }

    /// The record that an item is.
    pub fn record(&self, item: Item) -> Option<&Record> {
        self.records.get(&self.current(item))
    }

    pub fn name(&self, item: Item) -> Option<&str> {
        let sketch = self.sketches.get(&self.current(item))?;
        sketch.name.as_deref()
    }

    /// Whether the file holds the item.
    pub fn holds(&self, item: Item) -> bool {
        self.sketches.contains_key(&self.current(item))
    }

    pub fn code(&self, item: Item) -> Option<&str> {
        self.sketches.get(&self.current(item))?.code.as_deref()
    }

    pub fn founded(&self, item: Item) -> Option<&str> {
        self.sketches.get(&self.current(item))?.founded.as_deref()
    }

    pub fn dissolved(&self, item: Item) -> Option<&str> {
        self.sketches.get(&self.current(item))?.dissolved.as_deref()
    }

    /// Items that say of themselves that this one comes right after them (P156).
    pub fn before(&self, item: Item) -> &[Item] {
        self.named.before.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The slug of a country that has a code.
    pub fn country(&self, item: Item) -> Option<&str> {
        self.countries.get(&self.current(item)).map(String::as_str)
    }

    /// What sort of place an item is; none: it is none.
    pub fn place(&self, item: Item) -> Option<PlaceKind> {
        let item = self.current(item);
        match self.class(item, self.sketches.get(&item)?)? {
            Class::Place(kind) => Some(kind),
            _ => None,
        }
    }

    /// The places around a place, the closest first, then its country.
    pub fn around(&self, item: Item) -> &[Item] {
        let sketch = self.sketches.get(&self.current(item));
        sketch.map_or(&[], |sketch| &sketch.around)
    }

    /// Items that are named as places or as topics, and that the file holds.
    pub fn subjects(&self) -> impl Iterator<Item = (Kind, Item)> {
        let places = self.named.places.iter().chain(&self.named.countries);
        let places = places.map(|item| (Kind::Place, *item));
        let topics = self.named.topics.iter().map(|item| (Kind::Topic, *item));
        places.chain(topics).filter(|(_, item)| self.holds(*item))
    }

    /// The position that an item is, by its English name.
    pub fn position(&self, item: Item) -> Option<PoliticalPosition> {
        let name = self.name(item)?.to_lowercase();
        let name = name.strip_suffix(" politics").unwrap_or(&name);
        super::super::position::of(name)
    }
}

impl Named {
    fn note(&mut self, entity: &Entity) {
        self.parties.extend(entity.items("P102"));
        self.topics.extend(entity.items("P1142"));
        self.countries.extend(entity.items("P17"));
        for property in ["P159", "P131", "P276"] {
            self.places.extend(entity.items(property));
        }
        for property in ["P31", "P279", "P1387"] {
            self.words.extend(entity.items(property));
        }
        for later in entity.items("P156") {
            self.before.entry(later).or_default().extend(entity.item());
        }
        let records = ["P112", "P102", "P463", "P749", "P123", "P50", "P710"];
        for property in TIES.iter().map(|tie| &tie.property).chain(&records) {
            self.records.extend(entity.items(property));
        }
    }
}

/// Counts what an item of no known class would have been.
fn unclassed(report: &mut Report, sketch: &Sketch) {
    let what = match sketch.classes.first() {
        Some(class) => format!("items of the class Q{class}"),
        None => "items of no class".to_owned(),
    };
    let why = "neither their class nor their properties are those of anything that is kept here";
    report.losses.add(&what, why, 1);
}

fn stranger(item: Item, class: Class, sketch: &Sketch) -> Stranger {
    let mut external_ids = vec![wikidata(item)];
    external_ids.extend(sketch.former.iter().copied().map(wikidata));
    external_ids.extend(sketch.wikipedia.as_deref().map(wikipedia::of_title));
    let title = sketch.wikipedia.as_deref().map(slug::of);
    let mut slugs: Vec<String> = title.filter(|slug| !slug.is_empty()).into_iter().collect();
    let name = sketch.name.as_deref().unwrap_or_default();
    for slug in slug::candidates(name, &[&format!("Q{item}")]) {
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    Stranger {
        kind: class.kind(),
        external_ids,
        slugs,
    }
}

fn wikidata(item: Item) -> ExternalIdDraft {
    ExternalIdDraft {
        scheme: SCHEME.to_owned(),
        value: format!("Q{item}"),
        url: Some(format!("https://www.wikidata.org/wiki/Q{item}")),
    }
}
