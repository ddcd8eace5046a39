//! Which record each record of another collection is: by external id, and by nothing else that it says. Two bodies of
//! one acronym, or even of one name, stay two.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use entity::id::NodeId;
use sea_orm::DatabaseTransaction;

use super::directory::owners_of_slugs;
use super::draft::{ExternalIdDraft, Kind};
use super::lookup::{Known, known_by_id, merged_into};
use crate::error::Result;

/// A record of another collection that looks for its record here.
#[derive(Debug, Clone)]
pub struct Stranger {
    pub kind: Kind,
    /// Its ids, the one that is surest to be its own first.
    pub external_ids: Vec<ExternalIdDraft>,
    /// The slugs that it might have, the best first. It gets the first one that is free and that no other stranger
    /// wants as much; the last one must be its own whatever the others want.
    pub slugs: Vec<String>,
}

/// What a stranger is known as from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub slug: String,
    /// Whether it is a record that was there before.
    pub known: bool,
    /// The ids that are its own.
    pub external_ids: Vec<ExternalIdDraft>,
    /// Those of them that another record had until now, which is the record of another stranger.
    pub parted: Vec<ExternalIdDraft>,
    /// Ids that another record has too, so that they tell nobody apart: whose else each is.
    pub contested: Vec<(ExternalIdDraft, String)>,
}

type Id = (String, String);

/// Finds out who each stranger is, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn match_all(txn: &DatabaseTransaction, strangers: &[Stranger]) -> Result<Vec<Match>> {
    let owners = owners(txn, strangers).await?;
    let mut claimants: HashMap<Id, Vec<usize>> = HashMap::new();
    for (index, stranger) in strangers.iter().enumerate() {
        for id in &stranger.external_ids {
            let claimants = claimants.entry(key(id)).or_default();
            if claimants.last() != Some(&index) {
                claimants.push(index);
            }
        }
    }
    // A record belongs to whom it has as its surest id, whoever else comes before with an id that is less sure.
    let mut claims: HashMap<NodeId, Vec<usize>> = HashMap::new();
    let mut own: HashMap<usize, &Known> = HashMap::new();
    for (index, stranger) in strangers.iter().enumerate() {
        let Some(key) = stranger.external_ids.first().map(key) else {
            continue;
        };
        let alone = claimants.get(&key).is_some_and(|them| them.len() == 1);
        if let Some(owner) = owners.get(&key)
            && alone
            && owner.kind == stranger.kind
        {
            claims.entry(owner.id).or_default().push(index);
            own.insert(index, owner);
        }
    }
    // Of several it is all, if somebody has found that they are one; else the first, and the others part from it.
    let shared = claims.iter().filter(|(_, them)| them.len() > 1);
    let merged = merged_into(txn, shared.map(|(id, _)| *id).collect()).await?;
    let mut parted: HashMap<usize, &Known> = HashMap::new();
    for (id, them) in &claims {
        for index in them.iter().skip(1).filter(|_| !merged.contains(id)) {
            parted.extend(own.remove_entry(index));
        }
    }
    let mut matches = Vec::with_capacity(strangers.len());
    let mut taken: HashSet<NodeId> = claims.into_keys().collect();
    for (index, stranger) in strangers.iter().enumerate() {
        let mut found = Match {
            slug: String::new(),
            known: false,
            external_ids: Vec::new(),
            parted: Vec::new(),
            contested: Vec::new(),
        };
        let mut record: Option<&Known> = own.get(&index).copied();
        for id in &stranger.external_ids {
            let key = key(id);
            let others = claimants.get(&key).map_or(&[][..], Vec::as_slice);
            if let Some(other) = others.iter().find(|other| **other != index) {
                let other = strangers.get(*other).and_then(|it| it.slugs.first());
                let other = format!("{}/{}", stranger.kind, other.map_or("", String::as_str));
                found.contested.push((id.clone(), other));
                continue;
            }
            let Some(owner) = owners.get(&key) else {
                found.external_ids.push(id.clone());
                continue;
            };
            let scheme = stranger.external_ids.first().map(|first| &first.scheme);
            let left = parted.get(&index).map(|left| left.id);
            if record.is_some_and(|record| record.id == owner.id) {
                found.external_ids.push(id.clone());
            } else if left == Some(owner.id) && scheme == Some(&id.scheme) {
                found.parted.push(id.clone());
                found.external_ids.push(id.clone());
            } else if record.is_none() && owner.kind == stranger.kind && taken.insert(owner.id) {
                record = Some(owner);
                found.external_ids.push(id.clone());
            } else {
                let other = format!("{}/{}", owner.kind, owner.slug);
                found.contested.push((id.clone(), other));
            }
        }
        if let Some(owner) = record {
            found.slug.clone_from(&owner.slug);
            found.known = true;
        }
        matches.push(found);
    }
    name(txn, strangers, &mut matches).await?;
    Ok(matches)
}

/// Gives each new record the best slug that is free.
async fn name(
    txn: &DatabaseTransaction,
    strangers: &[Stranger],
    matches: &mut [Match],
) -> Result<()> {
    let new: Vec<usize> = (0..matches.len())
        .filter(|index| matches.get(*index).is_some_and(|found| !found.known))
        .collect();
    let mut wanted: BTreeMap<Kind, BTreeSet<&str>> = BTreeMap::new();
    for stranger in new.iter().filter_map(|index| strangers.get(*index)) {
        let slugs = wanted.entry(stranger.kind).or_default();
        slugs.extend(stranger.slugs.iter().map(String::as_str));
    }
    let mut taken = HashSet::new();
    for (kind, slugs) in wanted {
        let slugs: Vec<&str> = slugs.into_iter().collect();
        let found = owners_of_slugs(txn, kind, &slugs).await?;
        taken.extend(found.into_iter().map(|row| (kind, row.slug)));
    }
    let mut open = new;
    let ranks = strangers.iter().map(|it| it.slugs.len()).max().unwrap_or(0);
    for rank in 0..ranks {
        // Whoever has no other left takes the last.
        let at = |index: usize| {
            let stranger = strangers.get(index)?;
            Some((stranger.kind, stranger.slugs.get(rank)?))
        };
        let mut wishes: HashMap<(Kind, &String), usize> = HashMap::new();
        for wish in open.iter().filter_map(|index| at(*index)) {
            *wishes.entry(wish).or_default() += 1;
        }
        let mut left = Vec::new();
        for index in open {
            let granted = at(index).filter(|wish| {
                wishes.get(wish) == Some(&1) && !taken.contains(&(wish.0, wish.1.clone()))
            });
            match (granted, matches.get_mut(index)) {
                (Some((kind, slug)), Some(found)) => {
                    found.slug.clone_from(slug);
                    taken.insert((kind, slug.clone()));
                }
                _ => left.push(index),
            }
        }
        open = left;
    }
    for index in open {
        let (Some(stranger), Some(found)) = (strangers.get(index), matches.get_mut(index)) else {
            continue;
        };
        let last = stranger.slugs.last().map_or("", String::as_str);
        // More than all that are taken cannot be taken.
        let free = (2..taken.len() + 3)
            .map(|number| format!("{last}-{number}"))
            .find(|slug| !taken.contains(&(stranger.kind, slug.clone())));
        found.slug = free.unwrap_or_default();
        taken.insert((stranger.kind, found.slug.clone()));
    }
    Ok(())
}

/// The records that have one of the strangers' ids.
async fn owners(txn: &DatabaseTransaction, strangers: &[Stranger]) -> Result<HashMap<Id, Known>> {
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for id in strangers.iter().flat_map(|it| &it.external_ids) {
        values.entry(&id.scheme).or_default().insert(&id.value);
    }
    let mut owners = HashMap::new();
    for (scheme, values) in values {
        let known = known_by_id(txn, scheme, values).await?;
        owners.extend(
            known
                .into_iter()
                .map(|(value, known)| ((scheme.to_owned(), value), known)),
        );
    }
    Ok(owners)
}

fn key(id: &ExternalIdDraft) -> Id {
    (id.scheme.clone(), id.value.clone())
}
