//! The drawing, for families made by hand and by chance.

mod chance;
mod text;
mod xml;

use super::{
    Family, Link, Member, Span, WIDTHS, dot, lanes, life::Times, mermaid, scene::Scene, style, svg,
};
use crate::draw::lanes::{Connector, Item};

fn span(edtf: &str) -> Option<Span> {
    if edtf.is_empty() {
        return None;
    }
    let date = entity::date::HistoricalDate::parse(edtf).unwrap();
    Some(Span {
        edtf: date.edtf,
        earliest: date.earliest,
        latest: date.latest,
    })
}

fn member(key: i64, name: &str, life: (&str, &str)) -> Member {
    Member {
        key,
        name: name.to_owned(),
        abbreviation: None,
        kind: "PARTY".to_owned(),
        status: "UNKNOWN".to_owned(),
        depth: i64::from(key != 1),
        founded: span(life.0),
        dissolved: span(life.1),
    }
}

fn link(kind: &str, predecessor: i64, successor: i64, date: &str) -> Link {
    Link {
        kind: kind.to_owned(),
        predecessor,
        successor,
        date: span(date),
    }
}

/// Draws in every form and width, and says what the natural drawing is.
fn draw(family: &Family) -> String {
    for width in [*WIDTHS.start(), 777, *WIDTHS.end()] {
        let drawing = svg(family, Some(width));
        xml::check(&drawing);
        sound(&Scene::new(family, Some(width)));
        assert!(drawing.contains(&format!("width=\"{width}\"")));
    }
    let drawing = svg(family, None);
    xml::check(&drawing);
    sound(&Scene::new(family, None));
    assert_eq!(drawing, svg(family, None), "the same bytes");
    let links = family.ties().len();
    assert_eq!(
        drawing.matches("<g class=\"link").count(),
        links,
        "every link once"
    );
    assert_eq!(mermaid(family).matches(" -->|").count(), links);
    assert_eq!(dot(family).matches(" -> ").count(), links);
    drawing
}

/// Nothing stands on anything else.
fn sound(scene: &Scene<'_>) {
    let width = |node: usize| super::text::width(&scene.bars[node].label.text);
    let mut lanes: Vec<(i64, i64, i64)> = Vec::new();
    for (node, bar) in scene.bars.iter().enumerate() {
        let label = (bar.label.x, bar.label.x + width(node));
        let (from, to) = (bar.left().min(label.0), bar.right().max(label.1));
        assert!(bar.x.is_sorted(), "{:?}", bar.x);
        assert!(
            from >= 0 && to <= scene.scale.width,
            "in the picture: {from} {to}"
        );
        lanes.push((scene.layout.lanes[node], from, to));
    }
    lanes.sort_unstable();
    for pair in lanes.windows(2) {
        let [(lane, _, end), (next, start, _)] = pair else {
            unreachable!()
        };
        assert!(lane != next || end < start, "{pair:?} overlap");
    }
    for wire in &scene.wires {
        for node in [wire.tie.from, wire.tie.to] {
            let bar = &scene.bars[node];
            let (from, to) = bar.room;
            let (start, end) = (bar.label.x, bar.label.x + width(node));
            let aside = end < bar.left() || start > bar.right();
            assert!(
                !aside || wire.x < start || wire.x > end,
                "a foot in a label"
            );
            assert!(
                (from..=to).contains(&wire.x),
                "a connector within its ends' rooms"
            );
        }
    }
}

fn isg() -> Family {
    let mut family = Family {
        nodes: vec![
            member(
                1,
                "International Socialist Group (Scotland)",
                ("2011-04", "2015"),
            ),
            member(2, "Socialist Workers Party (UK)", ("", "")),
            member(3, "RISE - Scotland's Left Alliance", ("2015", "")),
            member(4, "Scottish Left Project", ("", "")),
        ],
        links: vec![
            link("FORMED_BY_DEFECTORS_FROM", 2, 1, "2011-04"),
            link("DISSOLVED_INTO", 1, 3, "2015"),
            link("LED_TO", 4, 3, "2015"),
            link("LED_TO", 1, 4, ""),
        ],
    };
    family.nodes[0].abbreviation = Some("ISG".to_owned());
    family.nodes[1].status = "ACTIVE".to_owned();
    family
}

#[test]
fn a_small_family_is_told_in_words_and_shapes() {
    let drawing = draw(&isg());
    for part in [
        "<title id=\"lineage-title\">Lineage of International Socialist Group (Scotland)</title>",
        "Family tree on a time axis: 4 organisations, 4 links. International Socialist Group (Scotland) was formed by \
         defectors from Socialist Workers Party (UK) (April 2011).",
        "International Socialist Group (Scotland) led to Scottish Left Project (date unknown).",
        "<title>International Socialist Group (Scotland) (ISG), party, founded April 2011, ended 2015</title>",
        "<title>Socialist Workers Party (UK), party, founding date unknown, still active</title>",
        "<title>RISE - Scotland&#39;s Left Alliance, party, founded 2015, end unknown</title>",
        "<g class=\"link undated\"><title>International",
        "@media (prefers-color-scheme:dark)",
        ">2013</text>",
        ">still active</text>",
        ">dissolved into</text>",
    ] {
        assert!(drawing.contains(part), "{part}\n{drawing}");
    }
    assert!(
        !drawing.contains(">merged into</text>"),
        "a legend of what is used"
    );
    for foreign in ["<script", "foreignObject", "href", "<image", "@import"] {
        assert!(!drawing.contains(foreign), "{foreign}");
    }
    assert_eq!(
        drawing.matches("url(").count(),
        drawing.matches("url(#lineage-").count()
    );
    assert!(drawing.contains(&format!("<style>{}</style>", style())));
}

#[test]
fn the_same_graph_as_text() {
    let family = isg();
    assert_eq!(
        mermaid(&family),
        "flowchart LR\n  \
         n1[\"International Socialist Group #40;Scotland#41;, 2011–2015\"]\n  \
         n2[\"Socialist Workers Party #40;UK#41;, #63;–\"]\n  \
         n3[\"RISE #45; Scotland#39;s Left Alliance, 2015–#63;\"]\n  \
         n4[\"Scottish Left Project\"]\n  \
         n2 -->|\"formed by defectors from, April 2011\"| n1\n  \
         n1 -->|\"dissolved into, 2015\"| n3\n  \
         n4 -->|\"led to, 2015\"| n3\n  \
         n1 -->|\"led to\"| n4\n"
    );
    assert!(dot(&family).contains("  \"n1\" -> \"n3\" [label=\"dissolved into, 2015\"];\n"));
}

#[test]
fn lanes_are_told_by_key() {
    let lanes = lanes(&isg(), None);
    let keys: Vec<i64> = lanes.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, [1, 2, 3, 4]);
    assert!(lanes.iter().any(|(_, lane)| *lane == 0));
}

#[test]
fn widths_are_brought_within_bounds() {
    let family = isg();
    assert_eq!(svg(&family, Some(1)), svg(&family, Some(320)));
    assert_eq!(svg(&family, Some(u32::MAX)), svg(&family, Some(10_000)));
}

#[test]
fn a_family_is_read_from_json() {
    let text = r#"{"nodes": [{"key": 7, "name": "A", "abbreviation": null, "kind": "PARTY", "status": "ACTIVE",
        "depth": 0, "founded": {"edtf": "2011-04", "earliest": "2011-04-01", "latest": "2011-04-30"}, "dissolved": null}],
        "links": [{"kind": "LED_TO", "predecessor": 7, "successor": 8, "date": null}]}"#;
    let family: Family = serde_json::from_str(text).unwrap();
    let drawing = draw(&family);
    assert!(drawing.contains("<title>A, party, founded April 2011, still active</title>"));
}

#[test]
fn what_contradicts_itself_is_drawn_all_the_same() {
    draw(&Family::default());
    let names = [
        "A",
        "B",
        "C",
        "",
        "Exceedingly long, so long that no bar can hold it, and no line either: a name of names",
    ];
    let lives = [
        ("2015", "1901"),
        ("0001", "9999"),
        ("", ""),
        ("../1950", "1970/.."),
        ("1950/..", "../1970"),
        ("", "1960-02-29"),
    ];
    for (index, life) in lives.iter().enumerate() {
        let mut family = Family::default();
        for key in 1..=5 {
            let other = lives[(index + usize::try_from(key).unwrap() * 2) % lives.len()];
            let life = if key % 2 == 0 { *life } else { other };
            family
                .nodes
                .push(member(key, names[usize::try_from(key - 1).unwrap()], life));
            for status in ["ACTIVE", "DORMANT", "DISSOLVED"] {
                family.nodes.push(member(key * 10, "Twin", life));
                family.nodes.last_mut().unwrap().status = status.to_owned();
            }
        }
        draw(&family);
        family.links = vec![
            link("MERGED_INTO", 1, 2, "1800"),
            link("MERGED_INTO", 1, 2, "1800"),
            link("ABSORBED_BY", 1, 2, "1800"),
            link("SPLIT_FROM", 2, 1, "2020"),
            link("SPLIT_FROM", 3, 3, ""),
            link("SUCCEEDED_BY", 3, 4, "0001"),
            link("NO_SUCH_KIND", 4, 5, ""),
            link("LED_TO", 5, 3, "9999-12-31"),
            link("LED_TO", 5, 77, ""),
        ];
        let drawing = draw(&family);
        assert!(!drawing.contains('\u{0}'));
        let mut backwards = family.clone();
        for node in &mut backwards.nodes {
            if let Some(span) = &mut node.founded {
                std::mem::swap(&mut span.earliest, &mut span.latest);
            }
        }
        draw(&backwards);
    }
}

#[test]
fn without_any_date_neighbours_stand_side_by_side() {
    let names = ["A", "B", "C"];
    let family = Family {
        nodes: (1..=3)
            .zip(names)
            .map(|(key, name)| member(key, name, ("", "")))
            .collect(),
        links: vec![link("SPLIT_FROM", 1, 2, ""), link("SPLIT_FROM", 2, 3, "")],
    };
    let drawing = draw(&family);
    assert!(!drawing.contains("class=\"year\""), "no year is known");
    let scene = Scene::new(&family, None);
    let starts: Vec<i64> = scene.bars.iter().map(super::bar::Bar::left).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn undated_organisations_stand_where_their_links_are() {
    let family = isg();
    let ties = family.ties();
    let chronicle = Times::new(&family, &ties);
    assert_eq!(chronicle.lives[1].start.first, chronicle.moments[0].day);
    assert!(!chronicle.lives[1].start_known);
    // The link without a date goes where the one with a date has put the organisation.
    assert!(!chronicle.moments[3].dated);
}

#[test]
fn a_successor_of_several_lies_among_them() {
    let mut family = Family::default();
    for key in 1..=4 {
        family.nodes.push(member(key, "Part", ("1970", "1990")));
        family.links.push(link("MERGED_INTO", key, 5, "1990"));
    }
    family.nodes.push(member(5, "Whole", ("1990", "2010")));
    draw(&family);
    let lanes = lanes(&family, None);
    let lane = lanes[4].1;
    assert_eq!(
        lanes.iter().filter(|(_, other)| *other < lane).count(),
        2,
        "{lanes:?}"
    );
}

/// What the layout works on.
fn parts(scene: &Scene<'_>) -> (Vec<Item>, Vec<Connector>) {
    let items = scene
        .bars
        .iter()
        .zip(&scene.family.nodes)
        .map(|(bar, member)| Item {
            key: member.key,
            start: bar.left(),
            end: bar.right(),
            room: bar.room,
        });
    let connectors = scene.wires.iter().map(|wire| Connector {
        from: wire.tie.from,
        to: wire.tie.to,
        x: wire.x,
    });
    (items.collect(), connectors.collect())
}
