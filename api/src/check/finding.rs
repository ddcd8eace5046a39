//! The kinds of things that look wrong: a name for each, and the query that finds them.
//!
//! Only what is certain is a contradiction: a date that can be read so that all fits contradicts nothing.

/// Something that looks wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// What was found, in the plural.
    pub name: &'static str,
    /// Gives a row for each, with one column, `line`: which one, and what it says. For both databases.
    pub sql: &'static str,
}

/// In the order of the report: contradictions, then gaps.
pub(super) const FINDINGS: [Finding; 11] = [
    Finding {
        name: "organisations dissolved before they were founded",
        sql: "SELECT 'organisation/' || o.slug || ': founded ' || o.founded || ', dissolved ' || o.dissolved AS line
              FROM organisation o
              WHERE o.dissolved_latest < o.founded_earliest",
    },
    Finding {
        name: "links from before their predecessor was founded",
        sql: "SELECT 'event/' || e.slug || ': ' || l.date || ', organisation/' || o.slug || ' founded ' || o.founded AS line
              FROM lineage_link l JOIN event e ON e.id = l.event_id JOIN organisation o ON o.id = l.predecessor_id
              WHERE l.date_latest < o.founded_earliest",
    },
    Finding {
        name: "links from after their predecessor ended",
        sql: "SELECT 'event/' || e.slug || ': ' || l.date || ', organisation/' || o.slug || ' dissolved ' || o.dissolved AS line
              FROM lineage_link l JOIN event e ON e.id = l.event_id JOIN organisation o ON o.id = l.predecessor_id
              WHERE l.date_earliest > o.dissolved_latest",
    },
    Finding {
        name: "links from after their successor ended",
        sql: "SELECT 'event/' || e.slug || ': ' || l.date || ', organisation/' || o.slug || ' dissolved ' || o.dissolved AS line
              FROM lineage_link l JOIN event e ON e.id = l.event_id JOIN organisation o ON o.id = l.successor_id
              WHERE l.date_earliest > o.dissolved_latest",
    },
    Finding {
        name: "links that made their successor when it was not founded",
        sql: "SELECT 'event/' || e.slug || ': ' || l.date || ', organisation/' || o.slug || ' founded ' || o.founded AS line
              FROM lineage_link l JOIN event e ON e.id = l.event_id JOIN organisation o ON o.id = l.successor_id
              JOIN participation p ON p.id = l.successor_participation_id
              WHERE p.role = 'resulting' AND l.kind <> 'UNSPECIFIED'
              AND (l.date_latest < o.founded_earliest OR l.date_earliest > o.founded_latest)",
    },
    Finding {
        name: "memberships outside the life of the organisation",
        sql: r#"SELECT 'person/' || p.slug || ': ' || m.role || ' of organisation/' || o.slug
                || ' (' || COALESCE(o.founded, 'unknown') || ' to ' || COALESCE(o.dissolved, 'unknown')
                || ') from ' || COALESCE(m.start, 'unknown') || ' to ' || COALESCE(m."end", 'unknown') AS line
              FROM membership m JOIN person p ON p.id = m.person_id JOIN organisation o ON o.id = m.organisation_id
              WHERE m.start_latest < o.founded_earliest OR m.end_latest < o.founded_earliest
              OR m.start_earliest > o.dissolved_latest OR m.end_earliest > o.dissolved_latest"#,
    },
    Finding {
        name: "events that follow a later one",
        sql: "SELECT 'event/' || l.slug || ': ' || l.date || ', follows event/' || e.slug || ': ' || e.date AS line
              FROM event_order x JOIN event e ON e.id = x.earlier_id JOIN event l ON l.id = x.later_id
              WHERE e.date_earliest > l.date_latest",
    },
    Finding {
        name: "preferred claims that contradict each other",
        sql: "SELECT lower(n.kind) || '/' || s.slug || ': ' || c.property || ': ' || c.least || ', ' || c.most AS line
              FROM (SELECT subject_id, property, about_id, min(value) AS least, max(value) AS most
                    FROM claim WHERE rank = 'PREFERRED' AND status <> 'DENIED'
                    GROUP BY subject_id, property, about_id HAVING min(value) <> max(value)) c
              JOIN node n ON n.id = c.subject_id
              JOIN (SELECT id, slug FROM organisation UNION ALL SELECT id, slug FROM person
                    UNION ALL SELECT id, slug FROM campaign UNION ALL SELECT id, slug FROM publication
                    UNION ALL SELECT id, slug FROM event) s ON s.id = c.subject_id",
    },
    Finding {
        name: "dissolved organisations of which no source says when or into what",
        sql: "SELECT 'organisation/' || o.slug AS line
              FROM organisation o
              WHERE o.status = 'DISSOLVED' AND o.dissolved IS NULL AND NOT EXISTS (
                  SELECT 1 FROM lineage_link l WHERE l.predecessor_id = o.id AND l.kind IN (
                      'DIVIDED_INTO', 'MERGED_INTO', 'ABSORBED_BY', 'DISSOLVED_INTO', 'SUCCEEDED_BY', 'REFOUNDED_AS'))",
    },
    Finding {
        name: "organisations without a date of foundation",
        sql: "SELECT 'organisation/' || o.slug AS line FROM organisation o WHERE o.founded IS NULL",
    },
    Finding {
        name: "organisations without a claim",
        sql: "SELECT 'organisation/' || o.slug AS line
              FROM organisation o
              WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.subject_id = o.id)",
    },
];
