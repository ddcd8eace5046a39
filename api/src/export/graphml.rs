//! `graphml`: organisations and the lineage links between them, for programs that analyse or draw graphs
//! (<http://graphml.graphdrawing.org/specification.html>). Several edges between the same two are several links.

use anyhow::Result;
use entity::kind::{OrganisationKind, OrganisationStatus, PoliticalPosition};

use super::{Link, Out, Record, Records};
use crate::draw::xml;
use crate::loss::Losses;
use crate::write::{Content, DateDraft, Kind, OrganisationDraft, Parts};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

/// What is told of organisations and of links: all of it text, since dates are EDTF.
const OF_NODES: [&str; 10] = [
    "label",
    "slug",
    "abbreviation",
    "kind",
    "status",
    "founded",
    "dissolved",
    "country",
    "position",
    "summary",
];
const OF_EDGES: [&str; 6] = ["kind", "date", "event", "people", "reason", "status"];

pub(super) async fn export(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    let mut losses = Losses::default();
    let mut text = HEAD.to_owned();
    for (of, names) in [("node", &OF_NODES[..]), ("edge", &OF_EDGES[..])] {
        for name in names {
            text.push_str(&format!(
                "  <key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"string\"/>\n"
            ));
        }
    }
    text.push_str("  <graph id=\"lineage\" edgedefault=\"directed\">\n");
    out.buffer.append(&mut text.into_bytes());
    for kind in Kind::ALL {
        let mut batches = records.of_kind(kind);
        while let Some(batch) = batches.next().await? {
            if kind != Kind::Organisation {
                losses.add(
                    kind.folder(),
                    "the graph is of organisations and links",
                    batch.len(),
                );
                continue;
            }
            for record in &batch {
                if let Content::Organisation(draft) = &record.draft.content {
                    node(record, draft, &mut out.buffer);
                }
                losses.add(
                    "claims",
                    "nodes and edges have no sources",
                    Parts::of(&record.draft).claims.len(),
                );
            }
            out.pass_on().await?;
        }
    }
    let mut links = records.links();
    while let Some(batch) = links.next().await? {
        for link in &batch {
            edge(link, &mut out.buffer);
        }
        out.pass_on().await?;
    }
    out.buffer.extend_from_slice(b"  </graph>\n</graphml>\n");
    Ok(losses)
}

fn node(record: &Record, draft: &OrganisationDraft, out: &mut Vec<u8>) {
    let date = |date: &Option<DateDraft>| date.as_ref().map(|date| date.edtf.clone());
    let word = |word: Option<&'static str>| word.map(str::to_owned);
    let values = [
        Some(draft.name.clone()),
        Some(record.draft.slug.clone()),
        draft.abbreviation.clone(),
        word(draft.kind.map(OrganisationKind::as_str)),
        word(draft.status.map(OrganisationStatus::as_str)),
        date(&draft.founded),
        date(&draft.dissolved),
        draft.country.clone(),
        word(draft.position.map(PoliticalPosition::as_str)),
        draft.summary.clone(),
    ];
    let id = &record.public_id;
    element(
        out,
        &format!("node id=\"{id}\""),
        "node",
        OF_NODES.iter().zip(values),
    );
}

fn edge(link: &Link, out: &mut Vec<u8>) {
    let people = link.people_text.clone();
    let values = [
        Some(link.kind.to_string()),
        link.date.as_ref().map(|date| date.edtf.clone()),
        Some(link.event.slug.clone()),
        people.or(link.people_value.map(|value| value.to_string())),
        link.reason.clone(),
        Some(link.status.to_string()),
    ];
    let Link {
        public_id,
        predecessor,
        successor,
        ..
    } = link;
    let (from, to) = (&predecessor.public_id, &successor.public_id);
    let start = format!("edge id=\"{public_id}\" source=\"{from}\" target=\"{to}\"");
    element(out, &start, "edge", OF_EDGES.iter().zip(values));
}

fn element<'a>(
    out: &mut Vec<u8>,
    start: &str,
    name: &str,
    values: impl Iterator<Item = (&'a &'a str, Option<String>)>,
) {
    let mut text = format!("    <{start}>");
    for (key, value) in values {
        if let Some(value) = value {
            text.push_str(&format!(
                "<data key=\"{name}-{key}\">{}</data>",
                xml(&value)
            ));
        }
    }
    text.push_str(&format!("</{name}>\n"));
    out.append(&mut text.into_bytes());
}
