//! What an answer says, by the keys of rows instead of their public ids.

use std::collections::HashMap;

use serde_json::Value;

use super::family::Kin;

/// An edge of `ancestors` or `descendants`.
#[derive(Debug, PartialEq, Eq)]
pub struct Relative {
    pub depth: usize,
    pub organisation: i64,
    pub link: i64,
}

/// A `Lineage`: its nodes with their depths in front, its links.
#[derive(Debug, PartialEq, Eq)]
pub struct Tree {
    pub nodes: Vec<(i64, i64)>,
    pub links: Vec<i64>,
    pub truncated: bool,
    pub cyclic: bool,
}

/// A `CommonAncestor`.
#[derive(Debug, PartialEq, Eq)]
pub struct Common {
    pub organisation: i64,
    pub depths: Vec<usize>,
}

/// A `PathStep`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    pub from: i64,
    pub to: i64,
    pub via: String,
    pub forward: bool,
}

/// Keys by public id.
pub struct Keys(HashMap<String, i64>);

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

impl Keys {
    pub fn new(kin: &Kin) -> Self {
        let organisations = kin.organisations.iter();
        let organisations = organisations.map(|row| (row.public_id.clone(), row.id.0));
        let links = kin
            .links
            .iter()
            .map(|row| (row.public_id.clone(), row.id.0));
        Self(organisations.chain(links).collect())
    }

    /// What is of another family has no key here.
    pub fn key(&self, node: &Value) -> i64 {
        self.0
            .get(node["id"].as_str().unwrap())
            .copied()
            .unwrap_or(-1)
    }

    pub fn relatives(&self, page: &Value) -> Vec<Relative> {
        let edges = list(&page["edges"]).map(|edge| Relative {
            depth: number(&edge["depth"]),
            organisation: self.key(&edge["node"]),
            link: self.key(&edge["link"]),
        });
        edges.collect()
    }

    pub fn tree(&self, tree: &Value) -> Tree {
        let nodes = list(&tree["nodes"]).map(|node| {
            let depth = node["depth"].as_i64().unwrap();
            (depth, self.key(&node["organisation"]))
        });
        Tree {
            nodes: nodes.collect(),
            links: list(&tree["links"]).map(|link| self.key(link)).collect(),
            truncated: tree["truncated"].as_bool().unwrap(),
            cyclic: tree["cyclic"].as_bool().unwrap(),
        }
    }

    pub fn common(&self, common: &Value) -> Vec<Common> {
        let common = list(common).map(|common| Common {
            organisation: self.key(&common["organisation"]),
            depths: list(&common["depths"]).map(number).collect(),
        });
        common.collect()
    }

    pub fn paths(&self, paths: &Value) -> Vec<(usize, Vec<Step>)> {
        let step = |step: &Value| Step {
            from: self.key(&step["from"]),
            to: self.key(&step["to"]),
            via: step["via"].as_str().unwrap().to_owned(),
            forward: step["forward"].as_bool().unwrap(),
        };
        let paths = list(paths).map(|path| {
            let steps = list(&path["steps"]).map(step).collect();
            (number(&path["length"]), steps)
        });
        paths.collect()
    }
}
