//! Places and topics: written once something names them. They have no ids in other collections and are told apart by
//! slug alone, so one that is stored already under the slug of its name is taken to be the same; those of one file
//! that share a name get their numbers added.

use std::collections::{HashMap, HashSet};

use entity::kind::{PlaceKind, TopicKind};

use super::super::slug;
use super::index::Index;
use super::item::Item;
use crate::write::{Content, Draft, Kind, PlaceDraft, TopicDraft};

/// How many places around a place are followed.
const STEPS: usize = 8;

pub(super) struct Subjects {
    /// How many of the file's places, or topics, have the same slug.
    sharing: HashMap<(Kind, String), usize>,
    slugs: HashMap<(Kind, Item), String>,
    /// Not written yet.
    drafts: Vec<Draft>,
}

impl Subjects {
    pub fn new(index: &Index) -> Self {
        let mut seen = HashSet::new();
        let mut sharing: HashMap<(Kind, String), usize> = HashMap::new();
        for (kind, item) in index.subjects() {
            if let Some(name) = index.name(item)
                && seen.insert((kind, item))
            {
                *sharing.entry((kind, slug::of(name))).or_default() += 1;
            }
        }
        Self {
            sharing,
            slugs: HashMap::new(),
            drafts: Vec::new(),
        }
    }

    /// What has to be written before anything that names it.
    pub fn take(&mut self) -> Vec<Draft> {
        std::mem::take(&mut self.drafts)
    }

    /// The slug of an ideology; none: the file does not hold it.
    pub fn topic(&mut self, item: Item, index: &Index) -> Option<String> {
        if let Some(slug) = self.slugs.get(&(Kind::Topic, item)) {
            return Some(slug.clone());
        }
        let name = index.name(item)?;
        let content = TopicDraft {
            name: name.to_owned(),
            kind: Some(TopicKind::Ideology),
            parent: None,
        };
        Some(self.add(item, name, None, Content::Topic(Box::new(content))))
    }

    /// The slug of a place; none: the file does not hold it, or it is no place.
    pub fn place(&mut self, item: Item, index: &Index) -> Option<String> {
        self.within(item, index, &mut Vec::new())
    }

    /// `inner` are the places that are being looked at because they lie in this one: none of them is around it, though
    /// some are said to lie in each other.
    fn within(&mut self, item: Item, index: &Index, inner: &mut Vec<Item>) -> Option<String> {
        if let Some(slug) = self.slugs.get(&(Kind::Place, item)) {
            return Some(slug.clone());
        }
        let kind = index.place(item)?;
        let name = index.name(item)?;
        inner.push(item);
        let mut parent = None;
        for other in index.around(item) {
            if parent.is_none() && !inner.contains(other) && inner.len() < STEPS {
                parent = self.within(*other, index, inner);
            }
        }
        inner.pop();
        let content = PlaceDraft {
            name: name.to_owned(),
            kind: (kind != PlaceKind::Other).then_some(kind),
            code: index.code(item).map(str::to_owned),
            parent,
            ..PlaceDraft::default()
        };
        let slug = index.country(item).map(str::to_owned);
        Some(self.add(item, name, slug, Content::Place(Box::new(content))))
    }

    fn add(&mut self, item: Item, name: &str, slug: Option<String>, content: Content) -> String {
        let kind = match content {
            Content::Topic(_) => Kind::Topic,
            _ => Kind::Place,
        };
        let slug = slug.unwrap_or_else(|| {
            let own = slug::of(name);
            let shared = self.sharing.get(&(kind, own.clone()));
            if own.is_empty() {
                format!("q{item}")
            } else if shared.is_some_and(|count| *count > 1) {
                format!("{own}-q{item}")
            } else {
                own
            }
        });
        self.slugs.insert((kind, item), slug.clone());
        self.drafts.push(Draft {
            slug: slug.clone(),
            content,
        });
        slug
    }
}
