//! The tables of ParlGov themselves, where they lie beside the checkout: they are not ours to pass on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use entity::{claim, event, external_id, lineage_link, organisation};
use petgraph::algo::{connected_components, kosaraju_scc};
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tests::{On, World, folder, on_both};

use super::{ask, import, links};

on_both! {
    the_tables_of_parlgov,
}

/// Where the tables may be; none, which is said: they are not there.
#[expect(clippy::print_stderr, reason = "what was not tested is said")]
fn tables() -> Option<PathBuf> {
    let tables = folder("../../shared/data/parlgov");
    if !tables.is_dir() {
        eprintln!("not tested: {} is not there", tables.display());
        return None;
    }
    Some(tables)
}

/// One test for all that is asked of them, because they take their time to come over.
async fn the_tables_of_parlgov(on: On) {
    let Some(tables) = tables() else { return };
    let world = World::empty(on).await.unwrap();
    let report = import(&world, &tables).await.unwrap();

    let carried = |what: &str| report.carried.get(what).copied();
    for (what, count) in [
        ("organisations", 1707),
        ("countries of organisations", 37),
        ("change rows", 924),
        ("changes with a day", 536),
        ("changes with a month, written as its first day", 81),
        ("changes with a year, written as its 1 July", 307),
        ("foundations with a day", 667),
        ("foundations with a month, written as its first day", 89),
        ("foundations with a year, written as its 1 July", 352),
        ("name changes", 734),
        ("elections", 1028),
    ] {
        assert_eq!(carried(what), Some(count), "{what}\n{report}");
    }
    for (kind, count) in [
        ("changes before the old party's foundation", 7),
        (
            "changes in another year than the new party's foundation",
            165,
        ),
        ("change rows that say the same twice", 2),
    ] {
        assert_eq!(report.warned(kind), count, "{kind}\n{report}");
    }

    dates_are_as_fine_as_they_are_known(&world).await;
    every_row_is_one_link(&world, &tables).await;
    families_are_as_petgraph_has_them(&links(&world).await);
    the_largest_family_of_israel(&world).await;
    what_became_of_those_who_left_labour(&world).await;

    world.comes_back(on).await.unwrap();

    let again = import(&world, &tables).await.unwrap().to_string();
    assert!(
        again.ends_with("\n0 created, 0 updated, 3613 unchanged"),
        "{again}"
    );
}

/// The one change and the four foundations that say `date_as_is` are days, though they look like years and a month.
async fn dates_are_as_fine_as_they_are_known(world: &World) {
    let db = &world.database.reader;
    let count = |dates: Vec<Option<String>>| {
        let mut lengths = BTreeMap::new();
        for date in dates {
            *lengths
                .entry(date.map_or(0, |date| date.len()))
                .or_insert(0) += 1;
        }
        lengths
    };
    let organisations = organisation::Entity::find().all(db).await.unwrap();
    let founded = organisations.into_iter().map(|row| row.founded).collect();
    assert_eq!(
        count(founded),
        BTreeMap::from([(0, 599), (4, 349), (7, 88), (10, 671)])
    );

    let events = event::Entity::find().all(db).await.unwrap();
    let dates: BTreeMap<_, _> = events.into_iter().map(|row| (row.id.0, row.date)).collect();
    let rows = external_id::Entity::find()
        .filter(external_id::Column::Scheme.eq("parlgov-change"))
        .all(db)
        .await
        .unwrap();
    let changes = rows
        .iter()
        .map(|row| dates[&row.node_id.0].clone())
        .collect();
    assert_eq!(
        count(changes),
        BTreeMap::from([(4, 306), (7, 81), (10, 537)])
    );
}

/// Each row is a link of its two parties, by the event that has the row's id; and there are no other links. The two rows
/// that say what another one says are the same link, and all are cited.
async fn every_row_is_one_link(world: &World, tables: &Path) {
    let db = &world.database.reader;
    let ids = external_id::Entity::find().all(db).await.unwrap();
    let ids: BTreeMap<_, _> = ids
        .into_iter()
        .map(|row| ((row.scheme, row.value), row.node_id.0))
        .collect();
    let owner = |scheme: &str, value: &str| ids[&(scheme.to_owned(), value.to_owned())];
    let table = fs::read_to_string(tables.join("24__parties__PartyChange.csv")).unwrap();
    let rows: Vec<[&str; 3]> = table.lines().filter_map(change).collect();
    assert_eq!(rows.len(), 924);
    let told: BTreeSet<_> = rows
        .iter()
        .map(|[new, old, id]| {
            let event = owner("parlgov-change", id);
            (event, owner("parlgov", old), owner("parlgov", new))
        })
        .collect();
    let links = links(world).await;
    let ends = |link: &lineage_link::Model| {
        let event = link.event_id.0;
        (event, link.predecessor_id.0, link.successor_id.0)
    };
    let stored: BTreeSet<_> = links.iter().map(ends).collect();
    assert_eq!(stored, told);
    assert_eq!((stored.len(), links.len()), (922, 922));

    let claims = claim::Entity::find()
        .filter(claim::Column::Property.eq("participants"))
        .all(db)
        .await
        .unwrap();
    let cited: BTreeSet<_> = claims
        .into_iter()
        .filter_map(|claim| claim.locator)
        .collect();
    let rows = rows
        .iter()
        .map(|[.., id]| format!("PartyChange.csv, id {id}"));
    assert_eq!(cited, rows.collect());
}

/// The new party, the old party and the id of a row, which end it; none: the line is another part of a row.
fn change(line: &str) -> Option<[&str; 3]> {
    let mut fields = line.rsplit(',');
    let [id, date, old, new] = std::array::from_fn(|_| fields.next().unwrap_or_default());
    let is_number = |text: &str| text.parse::<u32>().is_ok();
    let is_row = [id, old, new].into_iter().all(is_number) && date.len() == 10;
    is_row.then_some([new, old, id])
}

/// Components and circles of the stored links, found by another library.
fn families_are_as_petgraph_has_them(links: &[lineage_link::Model]) {
    let ends = |link: &lineage_link::Model| [link.predecessor_id.0, link.successor_id.0];
    let parties: BTreeSet<_> = links.iter().flat_map(ends).collect();
    assert_eq!(parties.len(), 940);

    let mut family = DiGraph::<i64, ()>::new();
    let nodes: BTreeMap<_, _> = parties
        .iter()
        .map(|id| (*id, family.add_node(*id)))
        .collect();
    for [from, to] in links.iter().map(ends) {
        family.add_edge(nodes[&from], nodes[&to], ());
    }
    let circles = kosaraju_scc(&family);
    let circles: Vec<_> = circles
        .iter()
        .map(Vec::len)
        .filter(|size| *size > 1)
        .collect();
    assert_eq!((circles.len(), circles.iter().max()), (39, Some(&13)));

    let mut together = UnionFind::new(nodes.len());
    for [from, to] in links.iter().map(ends) {
        together.union(nodes[&from].index(), nodes[&to].index());
    }
    let mut sizes = BTreeMap::new();
    for component in together.into_labeling() {
        *sizes.entry(component).or_insert(0) += 1;
    }
    assert_eq!(connected_components(&family), 159);
    assert_eq!((sizes.len(), sizes.values().max()), (159, Some(&64)));
}

/// A family tree goes back from where it starts and on from there, so it takes five parties to reach all 64.
async fn the_largest_family_of_israel(world: &World) {
    let ids = ask(
        world,
        r#"fragment it on Organisation { id }
           query {
             labour: organisation(by: {external: {scheme: "parlgov", value: "244"}}) { ...it }
             agudat: organisation(by: {external: {scheme: "parlgov", value: "265"}}) { ...it }
             hadash: organisation(by: {external: {scheme: "parlgov", value: "732"}}) { ...it }
             mizrachi: organisation(by: {external: {scheme: "parlgov", value: "1828"}}) { ...it }
             progress: organisation(by: {external: {scheme: "parlgov", value: "1838"}}) { ...it }
             likud: organisation(by: {external: {scheme: "wikipedia", value: "Likud"}}) { ...it }
             mapam: organisation(by: {external: {scheme: "wikipedia", value: "Mapam"}}) { ...it }
           }"#,
    )
    .await;
    let of = ["labour", "agudat", "hadash", "mizrachi", "progress"].map(|party| &ids[party]["id"]);
    let query = "query($of: [ID!]!) { lineage(of: $of) {
                   truncated cyclic nodes { organisation { name country { code } } }
                   links { predecessor { name } successor { name } } svg } }";
    let answer = world.ask_with(query, json!({"of": of})).await;
    let lineage = &answer.body["data"]["lineage"];
    assert_eq!(
        (answer.statements, &answer.body["errors"]),
        (1, &Value::Null)
    );
    let nodes = lineage["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 64);
    assert!(
        nodes
            .iter()
            .all(|node| node["organisation"]["country"]["code"] == "IL")
    );
    assert_eq!(
        [&lineage["truncated"], &lineage["cyclic"]],
        [&json!(false), &json!(true)]
    );
    let links = lineage["links"].as_array().unwrap();
    let svg = lineage["svg"].as_str().unwrap();
    assert!(
        svg.starts_with("<svg") && svg.ends_with("</svg>\n"),
        "{svg}"
    );
    for name in [
        "Israel Labor Party",
        "The Consolidation",
        "United Workers Party",
    ] {
        assert!(svg.contains(name), "{name}\n{svg}");
    }

    assert_eq!(links.len(), 84);

    let query = "query($from: ID!, $to: ID!) { paths(from: $from, to: $to, limit: 1) {
                   length steps { to { name } via forward date { edtf } } } }";
    let ends = json!({"from": ids["mapam"]["id"], "to": ids["likud"]["id"]});
    let answer = world.ask_with(query, ends).await.body;
    let step = |to: &str, via: &str, forward: bool, date: &str| json!({"to": {"name": to}, "via": via, "forward": forward, "date": {"edtf": date}});
    assert_eq!(
        answer["data"]["paths"],
        json!([{"length": 3, "steps": [
            step("Israel Labor Party", "MERGED_INTO", true, "1969-01-28"),
            step("Together", "ABSORBED_BY", false, "1984-10-22"),
            step("The Consolidation", "FORMED_BY_DEFECTORS_FROM", false, "1984"),
        ]}])
    );
}

/// Which parties split from the Israeli Labor Party, and where they are now.
async fn what_became_of_those_who_left_labour(world: &World) {
    let answer = ask(
        world,
        r#"{ organisation(by: {external: {scheme: "wikipedia", value: "Israeli_Labor_Party"}}) {
               name successors(kinds: [SPLIT_FROM, FORMED_BY_DEFECTORS_FROM], first: 100) { edges {
                 link { kind date { edtf } event { name } }
                 node { name status dissolved { edtf }
                        successors { edges { link { kind date { edtf } } node { name status } } } }
               } }
           } }"#,
    )
    .await;
    let labour = &answer["organisation"];
    assert_eq!(labour["name"], "Israel Labor Party");
    let who = |edge: &Value| {
        let [date, name] = [&edge["link"]["date"]["edtf"], &edge["node"]["name"]];
        format!("{} {}", date.as_str().unwrap(), name.as_str().unwrap())
    };
    let became: Vec<_> = labour["successors"]["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| {
            let then = left["node"]["successors"]["edges"].as_array().unwrap();
            let then: Vec<_> = then.iter().map(who).collect();
            (who(left), then.last().cloned().unwrap_or_default())
        })
        .collect();
    let became: Vec<_> = became
        .iter()
        .map(|(who, then)| [who.as_str(), then])
        .collect();
    assert_eq!(
        became,
        [
            ["1965-07-14 Israeli Workers List", "1969 National List"],
            [
                "1973 Movement for Civil Rights and Peace",
                "1992-03-09 Energy"
            ],
            [
                "1977-01-04 Arab List for Bedouin and Villagers",
                "1977-03-08 United Arab List"
            ],
            ["1984-10-22 United Workers Party", "1992-03-09 Energy"],
            [
                "1988-02-15 Arab Democratic Party",
                "1996-04 United Arab List"
            ],
            ["1996-03-07 The Third Way", ""],
            ["1999-02-23 Centre Party", ""],
            ["1999-03-25 One Nation", "2005-05-23 Israel Labor Party"],
        ]
    );
}
