//! What is missing.

use super::Rule;
use super::piece::ENDS;

/// Of links that lack something, one issue for each event: how many they are, and the first of them by slug.
fn links_without(condition: &str) -> String {
    format!(
        "SELECT e.id, e.id AS subject, e.slug, count(*) || CASE count(*) WHEN 1 THEN ' link' ELSE ' links' END
             || ', ' || min('organisation/' || a.slug || ' to organisation/' || b.slug) AS message
         FROM lineage_link l JOIN event e ON e.id = l.event_id
         JOIN organisation a ON a.id = l.predecessor_id JOIN organisation b ON b.id = l.successor_id
         WHERE l.status <> 'DENIED' AND {condition} GROUP BY e.id, e.slug"
    )
}

pub(super) fn link_without_date() -> Rule {
    Rule {
        name: "LINK_WITHOUT_DATE",
        sentence: "An event links organisations and has no date; find out when it was, if only about, or before or after what.",
        sql: links_without("l.date IS NULL"),
    }
}

pub(super) fn link_without_source() -> Rule {
    Rule {
        name: "LINK_WITHOUT_SOURCE",
        sentence: "No claim supports a lineage link: none on its event, and none on the part that the two organisations had in it; say which source tells of it.",
        sql: links_without(
            "NOT EXISTS (SELECT 1 FROM claim c WHERE c.subject_id = l.event_id AND c.status <> 'DENIED'
                 AND (c.about_id IS NULL OR c.about_id IN (l.predecessor_participation_id, l.successor_participation_id)))",
        ),
    }
}

pub(super) fn event_without_link() -> Rule {
    Rule {
        name: "EVENT_WITHOUT_LINK",
        sentence: "An event turns organisations into others by its kind, and links none; give it the participants and the roles from which links follow, or another kind.",
        sql: "SELECT e.id, e.id AS subject, e.slug, e.kind || ', participants: ' ||
                  (SELECT count(*) FROM participation p WHERE p.context_id = e.id) AS message
              FROM event e
              WHERE e.kind IN ('SPLIT', 'DIVISION', 'MERGER', 'ABSORPTION', 'SUCCESSION', 'REFOUNDATION')
              AND NOT EXISTS (SELECT 1 FROM lineage_link l WHERE l.event_id = e.id)"
            .to_owned(),
    }
}

/// Of several events that ended it, the last one counts.
pub(super) fn succeeded_without_end() -> Rule {
    Rule {
        name: "SUCCEEDED_WITHOUT_END",
        sentence: "An organisation ended in an event, and its record does not say so; give it the date of dissolution and the status that follow.",
        sql: format!(
            "SELECT o.id, o.id AS subject, o.slug,
                 o.status || ', ' || x.role || ' in event/' || x.slug || COALESCE(': ' || x.date, '') AS message
             FROM (SELECT p.participant_id, p.role, e.slug, e.date, row_number() OVER (
                       PARTITION BY p.participant_id
                       ORDER BY CASE WHEN e.date IS NULL THEN 1 ELSE 0 END, e.date_order DESC, e.slug, p.ordinal, p.id) AS place
                   FROM participation p JOIN event e ON e.id = p.context_id WHERE {ENDS}) x
             JOIN organisation o ON o.id = x.participant_id
             WHERE x.place = 1 AND o.dissolved IS NULL AND (o.status <> 'DISSOLVED' OR x.date IS NOT NULL)"
        ),
    }
}

/// The event with a date that comes first in an order, of those in which the organisation `o` is known to have been.
fn known(what: &str, order: &str) -> String {
    format!(
        "COALESCE((SELECT '{what} known in event/' || e.slug || ': ' || e.date
                   FROM participation p JOIN event e ON e.id = p.context_id
                   WHERE p.participant_id = o.id AND e.date IS NOT NULL AND p.status <> 'DENIED'
                   ORDER BY {order} LIMIT 1), 'in no event with a date')"
    )
}

pub(super) fn dissolved_without_date() -> Rule {
    let last = known("last", "e.date_order DESC, e.slug");
    Rule {
        name: "DISSOLVED_WITHOUT_DATE",
        sentence: "An organisation is dissolved, and no source says when or into what; find out when, if only after what.",
        sql: format!(
            "SELECT o.id, o.id AS subject, o.slug, {last} AS message FROM organisation o
             WHERE o.status = 'DISSOLVED' AND o.dissolved IS NULL AND NOT EXISTS (
                 SELECT 1 FROM participation p JOIN event e ON e.id = p.context_id
                 WHERE p.participant_id = o.id AND {ENDS} AND (e.date IS NOT NULL OR EXISTS (
                     SELECT 1 FROM lineage_link l WHERE l.predecessor_participation_id = p.id)))"
        ),
    }
}

pub(super) fn organisation_without_founding() -> Rule {
    let first = known("first", "e.date_order, e.slug");
    Rule {
        name: "ORGANISATION_WITHOUT_FOUNDING",
        sentence: "An organisation has no date of foundation; find out when it was founded, if only before what.",
        sql: format!(
            "SELECT o.id, o.id AS subject, o.slug, {first} AS message FROM organisation o WHERE o.founded IS NULL"
        ),
    }
}

pub(super) fn record_without_claim() -> Rule {
    let of_each = ["organisation", "person", "campaign", "publication"].map(|table| {
        format!(
            "SELECT o.id, o.id AS subject, o.slug, 'no claim' AS message FROM {table} o
             WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.subject_id = o.id)"
        )
    });
    Rule {
        name: "RECORD_WITHOUT_CLAIM",
        sentence: "Nothing that is said of an organisation, a person, a campaign or a publication has a source; say where it stands.",
        sql: of_each.join(" UNION ALL "),
    }
}
