//! Records that cannot be reached, and records that may be one.

use super::Rule;
use super::piece::{ENDS, slug_in, span};

/// The tables of what slugs lead to.
const RECORDS: [&str; 8] = [
    "organisation",
    "person",
    "campaign",
    "publication",
    "event",
    "source",
    "place",
    "topic",
];

/// The second half tells of each record once, and by a key that no record has.
pub(super) fn unreachable_slug() -> Rule {
    let slug = slug_in(&RECORDS, "n.id");
    let astray = RECORDS.map(|table| {
        let kind = table.to_uppercase();
        format!(
            "SELECT r.id, r.id AS subject, r.slug, '{table}/' || r.slug || ' leads ' ||
                 COALESCE('to ' || lower(n.kind) || '/' || {slug}, 'nowhere') AS message
             FROM {table} r LEFT JOIN slug s ON s.kind = '{kind}' AND s.slug = r.slug LEFT JOIN node n ON n.id = s.node_id
             WHERE s.node_id IS NULL OR s.node_id <> r.id"
        )
    });
    let astray = astray.join(" UNION ALL ");
    Rule {
        name: "UNREACHABLE_SLUG",
        sentence: "A slug leads nowhere, to another record than the one that has it, or to a record of another kind; write the record anew, with a slug of its own.",
        sql: format!(
            "{astray} UNION ALL SELECT -n.id, n.id, {slug},
                 min(lower(s.kind) || '/' || s.slug) || ' leads to ' || lower(n.kind) || '/' || {slug}
             FROM slug s JOIN node n ON n.id = s.node_id WHERE s.kind <> n.kind GROUP BY n.id, n.kind"
        ),
    }
}

pub(super) fn same_name() -> Rule {
    Rule {
        name: "SAME_NAME",
        sentence: "Two organisations that may have lived at one time and in one country have the same name, case and diacritics aside, and nothing tells them apart; make them one record, or tell them apart by a country, a date, a link, an affiliation or ids in the same data set.",
        sql: twins(
            "o.name_folded",
            "o.name",
            "EXISTS (SELECT 1 FROM organisation x WHERE x.name_folded = o.name_folded AND x.id <> o.id)",
            "1 = 1",
        ),
    }
}

pub(super) fn same_abbreviation() -> Rule {
    Rule {
        name: "SAME_ABBREVIATION",
        sentence: "Two organisations that may have lived at one time and in one country have the same abbreviation, case aside, and nothing tells them apart; make them one record, or tell them apart by a country, a date, a link, an affiliation or ids in the same data set.",
        sql: twins(
            "lower(o.abbreviation)",
            "o.abbreviation",
            "o.abbreviation <> ''",
            "t.name_folded <> o.name_folded",
        ),
    }
}

/// Organisations, of those `among` which to look, that may be the same as one that began before them and has the same
/// `key`; `shown` is how that one writes it. What has ended in an event has ended, also where the record does not say so.
///
/// Each is compared with one other: of those that began no later, the one that lasted longest. So as many bodies as
/// there may be under one name make as many issues, not as many as there are pairs of them.
fn twins(key: &str, shown: &str, among: &str, condition: &str) -> String {
    let life = span("o.founded", "o.dissolved");
    let before = "ORDER BY began, slug ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
    format!(
        "WITH body AS (
             SELECT o.id, o.slug, o.name_folded, {key} AS known_as, o.country_id,
                 COALESCE(CAST(o.founded_earliest AS text), '0001-01-01') AS began,
                 COALESCE(CAST(o.dissolved_latest AS text), CASE WHEN o.dissolved IS NULL THEN (
                     SELECT max(CAST(e.date_latest AS text)) FROM participation p JOIN event e ON e.id = p.context_id
                     WHERE p.participant_id = o.id AND {ENDS}) END, '9999-12-31') || ' ' || o.slug AS until
             FROM organisation o WHERE {among}),
         met AS (
             SELECT body.*, max(until) OVER (PARTITION BY known_as {before}) AS anywhere,
                 max(until) OVER (PARTITION BY known_as, country_id {before}) AS there,
                 max(CASE WHEN country_id IS NULL THEN until END) OVER (PARTITION BY known_as {before}) AS nowhere
             FROM body),
         twin AS (
             SELECT met.*, CASE WHEN country_id IS NULL THEN anywhere
                 WHEN there IS NULL OR nowhere > there THEN nowhere ELSE there END AS other
             FROM met)
         SELECT t.id, t.id AS subject, t.slug,
             'as organisation/' || o.slug || ' (' || {life} || '): ' || {shown} AS message
         FROM twin t JOIN organisation o ON o.slug = substr(t.other, 12)
         WHERE t.began <= substr(t.other, 1, 10) AND {condition}
         AND NOT EXISTS (SELECT 1 FROM lineage_link l WHERE l.predecessor_id = t.id AND l.successor_id = o.id)
         AND NOT EXISTS (SELECT 1 FROM lineage_link l WHERE l.predecessor_id = o.id AND l.successor_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.member_id = t.id AND a.body_id = o.id)
         AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.member_id = o.id AND a.body_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM external_id a JOIN external_id b ON b.node_id = o.id AND b.scheme = a.scheme
                         WHERE a.node_id = t.id)"
    )
}

pub(super) fn same_link() -> Rule {
    Rule {
        name: "SAME_LINK",
        sentence: "Two events link the same two organisations in the same way and at the same date; make them one record, or correct the one that is another event.",
        sql: "SELECT l.id, l.event_id AS subject, l.slug,
                  'as event/' || l.first_slug || ': organisation/' || a.slug || ' to organisation/' || b.slug || ', '
                  || l.kind || COALESCE(', ' || l.date, '') AS message
              FROM (SELECT l.id, l.event_id, l.predecessor_id, l.successor_id, l.kind, l.date, e.slug,
                        min(e.slug) OVER (PARTITION BY l.predecessor_id, l.successor_id, l.kind, l.date) AS first_slug
                    FROM lineage_link l JOIN event e ON e.id = l.event_id WHERE l.status <> 'DENIED') l
              JOIN organisation a ON a.id = l.predecessor_id JOIN organisation b ON b.id = l.successor_id
              WHERE l.slug <> l.first_slug"
            .to_owned(),
    }
}
