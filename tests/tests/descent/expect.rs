//! What petgraph finds in the links of a family.

use std::collections::{BTreeMap, BTreeSet, hash_map::RandomState};

use entity::{date::HistoricalDate, lineage_link};
use petgraph::{
    Directed, EdgeType, Graph, Undirected,
    algo::{all_simple_paths, dijkstra, is_cyclic_directed},
    graph::NodeIndex,
    visit::Reversed,
};

use super::{
    answer::{Common, Relative, Tree},
    family::Kin,
};

/// Organisations by their keys, with the links of some kinds among them.
pub struct Links<'k> {
    links: Vec<&'k lineage_link::Model>,
    keys: Vec<i64>,
}

/// Distances by key.
type Distances = BTreeMap<i64, usize>;

impl<'k> Links<'k> {
    pub fn new(kin: &'k Kin) -> Self {
        let organisations = kin.organisations.iter();
        Self {
            links: kin.links.iter().collect(),
            keys: organisations
                .map(|organisation| organisation.id.0)
                .collect(),
        }
    }

    /// Those of some kinds.
    pub fn of_kinds(mut self, kinds: Option<&[&str]>) -> Self {
        let among = |kind: &str| kinds.is_none_or(|kinds| kinds.contains(&kind));
        self.links.retain(|link| among(link.kind.as_str()));
        self
    }

    /// Those that may have happened by a time, or have certainly.
    pub fn at(mut self, at: Option<&str>, certainly: bool) -> Self {
        let Some(at) = at else { return self };
        let at = HistoricalDate::parse(at).unwrap();
        self.links.retain(|link| {
            if certainly {
                link.date_latest.is_some() && link.date_latest <= at.earliest
            } else {
                link.date_earliest <= at.latest
            }
        });
        self
    }

    fn graph<D: EdgeType>(&self) -> (Graph<i64, (), D>, BTreeMap<i64, NodeIndex>) {
        let mut graph = Graph::default();
        let nodes = self.keys.iter().map(|key| (*key, graph.add_node(*key)));
        let nodes: BTreeMap<i64, NodeIndex> = nodes.collect();
        for link in &self.links {
            let ends = [link.predecessor_id, link.successor_id].map(|id| nodes[&id.0]);
            graph.add_edge(ends[0], ends[1], ());
        }
        (graph, nodes)
    }

    /// How far away everything is that can be reached, `from` itself included.
    pub fn distances(&self, from: i64, back: bool, most: Option<usize>) -> Distances {
        let (graph, nodes) = self.graph::<Directed>();
        let found = if back {
            dijkstra(Reversed(&graph), nodes[&from], None, |_| 1_usize)
        } else {
            dijkstra(&graph, nodes[&from], None, |_| 1_usize)
        };
        let found = found
            .into_iter()
            .map(|(node, distance)| (graph[node], distance));
        let near = found.filter(|(_, distance)| most.is_none_or(|most| *distance <= most));
        near.collect()
    }

    /// Ancestors or descendants in the order of their list.
    pub fn relatives(&self, of: i64, back: bool, most: Option<usize>) -> Vec<Relative> {
        let distances = self.distances(of, back, most);
        let mut relatives: Vec<_> = distances
            .iter()
            .filter(|(key, _)| **key != of)
            .map(|(key, depth)| Relative {
                depth: *depth,
                organisation: *key,
                link: self.last_link(&distances, *key, back),
            })
            .collect();
        relatives.sort_by_key(|relative| (relative.depth, relative.organisation));
        relatives
    }

    /// Links stand in the order of their dates, so the first that comes from one step nearer is the one.
    fn last_link(&self, distances: &Distances, to: i64, back: bool) -> i64 {
        let nearer = distances[&to] - 1;
        let link = self.links.iter().find(|link| {
            let ends = (link.predecessor_id.0, link.successor_id.0);
            let (from, end) = if back { (ends.1, ends.0) } else { ends };
            end == to && distances.get(&from) == Some(&nearer)
        });
        link.map_or(0, |link| link.id.0)
    }

    pub fn tree(&self, roots: &[i64], direction: &str, most: Option<usize>, limit: usize) -> Tree {
        let mut depths: BTreeMap<i64, i64> = BTreeMap::new();
        for (way, sign) in [("ANCESTORS", -1), ("DESCENDANTS", 1)] {
            if direction != "BOTH" && direction != way {
                continue;
            }
            for (key, depth) in roots
                .iter()
                .flat_map(|root| self.distances(*root, sign < 0, most))
            {
                let depth = sign * i64::try_from(depth).unwrap();
                let known = depths.entry(key).or_insert(depth);
                if (depth.abs(), depth) < (known.abs(), *known) {
                    *known = depth;
                }
            }
        }
        let total = depths.len();
        let mut nodes: Vec<_> = depths
            .into_iter()
            .map(|(key, depth)| (depth, key))
            .collect();
        nodes.sort_by_key(|(depth, key)| (depth.abs(), *key));
        nodes.truncate(limit);
        nodes.sort_unstable();
        let kept: BTreeSet<i64> = nodes.iter().map(|(_, key)| *key).collect();
        let among = |link: &&&lineage_link::Model| {
            kept.contains(&link.predecessor_id.0) && kept.contains(&link.successor_id.0)
        };
        let links: Vec<_> = self.links.iter().filter(among).copied().collect();
        let within = Self {
            links: links.clone(),
            keys: kept.into_iter().collect(),
        };
        Tree {
            nodes,
            links: links.iter().map(|link| link.id.0).collect(),
            truncated: total > limit,
            cyclic: is_cyclic_directed(&within.graph::<Directed>().0),
        }
    }

    pub fn common(&self, of: &[i64]) -> Vec<Common> {
        let ways = of.iter().map(|of| self.distances(*of, true, None));
        let ways: Vec<_> = ways.collect();
        let mut common: Vec<_> = self
            .keys
            .iter()
            .filter_map(|key| {
                let depths = ways.iter().map(|way| way.get(key).copied());
                let depths = depths.collect::<Option<Vec<_>>>()?;
                Some(Common {
                    organisation: *key,
                    depths,
                })
            })
            .collect();
        common.sort_by_key(|common| {
            let depths = &common.depths;
            let farthest = depths.iter().max().copied();
            (farthest, depths.iter().sum::<usize>(), common.organisation)
        });
        common
    }

    /// The lengths of the shortest paths either way, each parallel link being a path of its own.
    pub fn lengths(&self, from: i64, to: i64, longest: usize, limit: usize) -> Vec<usize> {
        if from == to {
            return vec![0];
        }
        let (graph, nodes) = self.graph::<Undirected>();
        let (from, to) = (nodes[&from], nodes[&to]);
        let Some(shortest) = dijkstra(&graph, from, Some(to), |_| 1_usize).remove(&to) else {
            return Vec::new();
        };
        let mut lengths = Vec::new();
        for length in shortest..=longest.min(self.keys.len() - 1) {
            let between = length - 1;
            let paths = all_simple_paths::<Vec<_>, _, RandomState>(
                &graph,
                from,
                to,
                between,
                Some(between),
            );
            lengths.extend(paths.take(limit - lengths.len()).map(|_| length));
        }
        lengths
    }

    /// How many links lead from one to another in a way that reads so.
    pub fn count(&self, from: i64, to: i64, kind: &str, forward: bool) -> usize {
        let ends = if forward { (from, to) } else { (to, from) };
        let links = self.links.iter();
        let same = links.filter(|link| {
            (link.predecessor_id.0, link.successor_id.0) == ends && link.kind.as_str() == kind
        });
        same.count()
    }
}
