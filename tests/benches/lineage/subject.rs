//! Whom the questions are about: organisations with the same reach, whatever the size of the data set.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{lineage_link, organisation};
use sea_orm::EntityTrait;
use tests::World;

/// Values of the parameters of a question, by the names of its variables.
pub type Values = Vec<(&'static str, String)>;

/// At most so many organisations are asked about in turns.
const TURNS: usize = 16;
/// How many others the organisations reach whose ancestors or descendants are asked for.
const REACH: usize = 8;
/// How long the paths are.
const LENGTH: usize = 4;

/// Whom each question is about, by the question's name.
pub async fn subjects(world: &World) -> BTreeMap<&'static str, Vec<Values>> {
    let reader = &world.database.reader;
    let organisations = organisation::Entity::find().all(reader).await.unwrap();
    let links = lineage_link::Entity::find().all(reader).await.unwrap();
    let (mut back, mut on, mut around) = (Steps::new(), Steps::new(), Steps::new());
    for link in &links {
        let (older, newer) = (link.predecessor_id.0, link.successor_id.0);
        back.entry(newer).or_default().push(older);
        on.entry(older).or_default().push(newer);
        around.entry(older).or_default().push(newer);
        around.entry(newer).or_default().push(older);
    }
    let slug = |row: &organisation::Model| vec![("slug", row.slug.clone())];
    let reaching = |steps: &Steps| -> Vec<Values> {
        let reach = organisations
            .iter()
            .filter(|row| reach(steps, row.id.0).len() == REACH + 1);
        reach.take(TURNS).map(slug).collect()
    };
    let largest = organisations
        .iter()
        .filter(|row| around.contains_key(&row.id.0))
        .take(200)
        .max_by_key(|row| (reach(&on, row.id.0).len(), row.id));
    let ids: HashMap<i64, &str> = organisations
        .iter()
        .map(|row| (row.id.0, row.public_id.as_str()))
        .collect();
    let paths = organisations.iter().filter_map(|row| {
        let met = reach(&around, row.id.0);
        // In a family without rings there is one way between two.
        let links: usize = met
            .iter()
            .map(|(id, _)| around.get(id).map_or(0, Vec::len))
            .sum();
        if links != 2 * (met.len() - 1) || met.len() > 12 {
            return None;
        }
        let far = met.iter().find(|(_, depth)| *depth == LENGTH)?;
        Some(vec![
            ("from", row.public_id.clone()),
            ("to", ids[&far.0].to_owned()),
        ])
    });
    BTreeMap::from([
        ("ancestors", reaching(&back)),
        ("descendants", reaching(&on)),
        ("largest family", largest.map(slug).into_iter().collect()),
        ("path", paths.take(TURNS).collect()),
        ("split-from chain, 6 deep, and successors", reaching(&back)),
        ("50 x 5 people x 5 publications", vec![Vec::new()]),
    ])
}

type Steps = HashMap<i64, Vec<i64>>;

/// Everything that steps lead to from a start, each with its depth; the start is among it.
fn reach(steps: &Steps, start: i64) -> Vec<(i64, usize)> {
    let mut seen = HashSet::from([start]);
    let mut met = vec![(start, 0)];
    let mut next = 0;
    while let Some((id, depth)) = met.get(next).copied() {
        next += 1;
        for step in steps.get(&id).into_iter().flatten() {
            if seen.insert(*step) {
                met.push((*step, depth + 1));
            }
        }
    }
    met
}
