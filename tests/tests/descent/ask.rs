//! Everything that is asked about a family, and how it compares.

use std::{collections::BTreeMap, fmt::Debug};

use anyhow::{Result, ensure};
use proptest::sample::Index;
use serde_json::{Value, json};
use tests::World;

use super::{
    answer::{Keys, Step},
    expect::Links,
    family::{Kin, Question},
};

const QUERY: &str = "
query (
  $all: [ID!]!, $roots: [ID!]!, $compared: [ID!]!, $kinds: [LineageKind!], $maxDepth: Int, $limit: Int!
  $direction: LineageDirection!, $from0: ID!, $to0: ID!, $from1: ID!, $to1: ID!, $from2: ID!, $to2: ID!
  $maxLength: Int!, $paths: Int!, $at: Edtf, $match: DateMatch!
) {
  nodes(ids: $all) {
    id
    ... on Organisation {
      ancestors(first: 100) { ...kin }
      descendants(first: 100) { ...kin }
      someAncestors: ancestors(first: 100, kinds: $kinds, at: $at, match: $match, maxDepth: $maxDepth) { ...kin }
      someDescendants: descendants(first: 100, kinds: $kinds, at: $at, match: $match, maxDepth: $maxDepth) { ...kin }
      lineage(direction: $direction, kinds: $kinds, at: $at, match: $match, maxDepth: $maxDepth, limit: $limit) { ...tree }
    }
  }
  all: lineage(of: $roots) { ...tree }
  some: lineage(of: $roots, direction: $direction, kinds: $kinds, at: $at, match: $match, maxDepth: $maxDepth, limit: $limit) { ...tree }
  common: commonAncestors(of: $compared) { ...common }
  someCommon: commonAncestors(of: $compared, kinds: $kinds, at: $at, match: $match) { ...common }
  path0: paths(from: $from0, to: $to0, maxLength: $maxLength, limit: $paths) { ...path }
  path1: paths(from: $from1, to: $to1, maxLength: $maxLength, limit: $paths) { ...path }
  path2: paths(from: $from2, to: $to2, maxLength: $maxLength, limit: $paths, at: $at, match: $match) { ...path }
}

fragment kin on KinConnection { totalCount edges { depth node { id } link { id } } }
fragment tree on Lineage { nodes { depth organisation { id } } links { id } truncated cyclic }
fragment common on CommonAncestor { depths organisation { id } }
fragment path on Path { length steps { via forward from { id } to { id } } }
";

fn same<T: Debug + PartialEq>(what: &str, found: &T, expected: &T) -> Result<()> {
    ensure!(
        found == expected,
        "{what}: answered {found:?}, petgraph has {expected:?}"
    );
    Ok(())
}

pub async fn compare(world: &World, kin: &Kin, question: &Question) -> Result<()> {
    let organisation = |index: &Index| index.get(&kin.organisations);
    let ids = |indices: &[Index]| -> Vec<&str> {
        let organisations = indices.iter().map(organisation);
        organisations.map(|row| row.public_id.as_str()).collect()
    };
    let keys = |indices: &[Index]| -> Vec<i64> {
        indices
            .iter()
            .map(|index| organisation(index).id.0)
            .collect()
    };
    let all: Vec<_> = kin.organisations.iter().map(|row| &row.public_id).collect();
    let mut variables = json!({
        "all": all, "roots": ids(&question.roots), "compared": ids(&question.compared),
        "kinds": question.kinds, "maxDepth": question.max_depth, "limit": question.limit,
        "direction": question.direction, "maxLength": question.max_length, "paths": question.paths,
        "at": question.at, "match": if question.certainly { "CERTAINLY" } else { "POSSIBLY" },
    });
    for (number, (from, to)) in question.ends.iter().enumerate() {
        variables[format!("from{number}")] = organisation(from).public_id.as_str().into();
        variables[format!("to{number}")] = organisation(to).public_id.as_str().into();
    }
    let answer = world.ask_with(QUERY, variables).await.body;
    ensure!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let answer = &answer["data"];

    let read = Keys::new(kin);
    let links = Links::new(kin);
    let then = Links::new(kin).at(question.at, question.certainly);
    let some = Links::new(kin).of_kinds(question.kinds.as_deref());
    let some = some.at(question.at, question.certainly);
    let (most, limit) = (question.max_depth, question.limit);
    for (row, found) in kin
        .organisations
        .iter()
        .zip(answer["nodes"].as_array().unwrap())
    {
        let of = |field: &str| format!("{field} of {}", row.slug);
        for (field, links, back, most) in [
            ("ancestors", &links, true, None),
            ("descendants", &links, false, None),
            ("someAncestors", &some, true, most),
            ("someDescendants", &some, false, most),
        ] {
            let expected = links.relatives(row.id.0, back, most);
            same(&of(field), &read.relatives(&found[field]), &expected)?;
            let total = &found[field]["totalCount"];
            same(&of("totalCount"), total, &Value::from(expected.len()))?;
        }
        let expected = some.tree(&[row.id.0], question.direction, most, limit);
        same(&of("lineage"), &read.tree(&found["lineage"]), &expected)?;
    }
    let roots = keys(&question.roots);
    let expected = links.tree(&roots, "BOTH", None, 500);
    same("lineage", &read.tree(&answer["all"]), &expected)?;
    let expected = some.tree(&roots, question.direction, most, limit);
    same("some lineage", &read.tree(&answer["some"]), &expected)?;
    let compared = keys(&question.compared);
    for (field, links) in [("common", &links), ("someCommon", &some)] {
        let found = read.common(&answer[field]);
        same(field, &found, &links.common(&compared))?;
    }
    for (number, (from, to)) in question.ends.iter().enumerate() {
        let ends = (organisation(from).id.0, organisation(to).id.0);
        let found = read.paths(&answer[format!("path{number}")]);
        let links = if number == 2 { &then } else { &links };
        let expected = links.lengths(ends.0, ends.1, question.max_length, question.paths);
        let lengths: Vec<_> = found.iter().map(|(length, _)| *length).collect();
        same(&format!("lengths of path{number}"), &lengths, &expected)?;
        lead_there(links, ends, &found)?;
    }
    Ok(())
}

/// Each path leads from one end to the other, passes nothing twice, and goes along links that are there; no two go
/// along the same links.
fn lead_there(links: &Links<'_>, ends: (i64, i64), paths: &[(usize, Vec<Step>)]) -> Result<()> {
    let mut equal: BTreeMap<&[Step], usize> = BTreeMap::new();
    for (length, steps) in paths {
        ensure!(steps.len() == *length, "{steps:?} are not {length}");
        let mut passed = vec![ends.0];
        let mut ways = 1;
        for step in steps {
            ensure!(
                passed.last() == Some(&step.from),
                "{steps:?} do not hang together"
            );
            ensure!(
                !passed.contains(&step.to),
                "{steps:?} pass {} twice",
                step.to
            );
            passed.push(step.to);
            ways *= links.count(step.from, step.to, &step.via, step.forward);
        }
        ensure!(passed.last() == Some(&ends.1), "{steps:?} lead elsewhere");
        let times = equal.entry(steps).or_default();
        *times += 1;
        ensure!(
            *times <= ways,
            "{steps:?} stand there {times} times, and there are {ways} such ways"
        );
    }
    Ok(())
}
