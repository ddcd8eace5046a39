//! Dates that cannot all be true.

use super::Rule;
use super::piece::{FOUNDED_IN_ANOTHER_YEAR, entity, outside, slug_of, span};

pub(super) fn ends_before_it_begins() -> Rule {
    let (of_name, of_part) = (slug_of("x.node_id"), slug_of("x.context_id"));
    let participant = entity("x.participant_id");
    Rule {
        name: "ENDS_BEFORE_IT_BEGINS",
        sentence: "A life ends before it begins, or the period of a name, a membership, an affiliation, a place or a part in something does; correct one of the two dates.",
        sql: format!(
            r#"SELECT id, id AS subject, slug, 'founded ' || founded || ', dissolved ' || dissolved AS message
               FROM organisation WHERE dissolved_latest < founded_earliest
               UNION ALL SELECT id, id, slug, 'born ' || born || ', died ' || died
               FROM person WHERE died_latest < born_earliest
               UNION ALL SELECT id, id, slug, 'started ' || started || ', ended ' || ended
               FROM campaign WHERE ended_latest < started_earliest
               UNION ALL SELECT id, id, slug, 'published ' || published || ', ceased ' || ceased
               FROM publication WHERE ceased_latest < published_earliest
               UNION ALL SELECT x.id, x.node_id, {of_name}, 'name ' || x.text || ' from ' || x.start || ' to ' || x."end"
               FROM name x WHERE x.end_latest < x.start_earliest
               UNION ALL SELECT x.id, s.id, s.slug,
                   x.role || ' of organisation/' || o.slug || ' from ' || x.start || ' to ' || x."end"
               FROM membership x JOIN person s ON s.id = x.person_id JOIN organisation o ON o.id = x.organisation_id
               WHERE x.end_latest < x.start_earliest
               UNION ALL SELECT x.id, s.id, s.slug,
                   x.kind || ' of organisation/' || o.slug || ' from ' || x.start || ' to ' || x."end"
               FROM affiliation x JOIN organisation s ON s.id = x.member_id JOIN organisation o ON o.id = x.body_id
               WHERE x.end_latest < x.start_earliest
               UNION ALL SELECT x.id, s.id, s.slug,
                   x.role || ' at place/' || o.slug || ' from ' || x.start || ' to ' || x."end"
               FROM place_period x JOIN organisation s ON s.id = x.organisation_id JOIN place o ON o.id = x.place_id
               WHERE x.end_latest < x.start_earliest
               UNION ALL SELECT x.id, x.context_id, {of_part},
                   COALESCE({participant}, x.description) || ' (' || x.role || ') from ' || x.start || ' to ' || x."end"
               FROM participation x WHERE x.end_latest < x.start_earliest"#
        ),
    }
}

pub(super) fn ended_yet_active() -> Rule {
    Rule {
        name: "ENDED_YET_ACTIVE",
        sentence: "An organisation was dissolved and has the status ACTIVE or DORMANT; make it DISSOLVED, or take the date of dissolution back.",
        sql: "SELECT id, id AS subject, slug, status || ', dissolved ' || dissolved AS message
              FROM organisation WHERE dissolved IS NOT NULL AND status IN ('ACTIVE', 'DORMANT')"
            .to_owned(),
    }
}

pub(super) fn event_before_founding() -> Rule {
    Rule {
        name: "EVENT_BEFORE_FOUNDING",
        sentence: "Somebody took part in an event before being founded or born; correct one of the dates, or who took part and as what.",
        sql: "SELECT p.id, e.id AS subject, e.slug,
                  e.date || ', organisation/' || o.slug || ' (' || p.role || ') founded ' || o.founded AS message
              FROM participation p JOIN event e ON e.id = p.context_id JOIN organisation o ON o.id = p.participant_id
              WHERE e.date_latest < o.founded_earliest AND p.role <> 'resulting' AND p.status <> 'DENIED'
              UNION ALL SELECT p.id, e.id, e.slug, e.date || ', person/' || o.slug || ' (' || p.role || ') born ' || o.born
              FROM participation p JOIN event e ON e.id = p.context_id JOIN person o ON o.id = p.participant_id
              WHERE e.date_latest < o.born_earliest AND p.status <> 'DENIED'"
            .to_owned(),
    }
}

pub(super) fn event_after_end() -> Rule {
    Rule {
        name: "EVENT_AFTER_END",
        sentence: "Somebody took part in an event after being dissolved or dying; correct one of the dates, or who took part and as what.",
        // What came about in another year has ended before it, too, and that is said once.
        sql: format!(
            "SELECT p.id, e.id AS subject, e.slug,
                 e.date || ', organisation/' || o.slug || ' (' || p.role || ') dissolved ' || o.dissolved AS message
             FROM participation p JOIN event e ON e.id = p.context_id JOIN organisation o ON o.id = p.participant_id
             WHERE e.date_earliest > o.dissolved_latest AND p.status <> 'DENIED'
             AND ({FOUNDED_IN_ANOTHER_YEAR}) IS NOT TRUE
             UNION ALL SELECT p.id, e.id, e.slug, e.date || ', person/' || o.slug || ' (' || p.role || ') died ' || o.died
             FROM participation p JOIN event e ON e.id = p.context_id JOIN person o ON o.id = p.participant_id
             WHERE e.date_earliest > o.died_latest AND p.status <> 'DENIED'"
        ),
    }
}

pub(super) fn founded_in_another_year() -> Rule {
    Rule {
        name: "FOUNDED_IN_ANOTHER_YEAR",
        sentence: "An organisation came out of an event in another year than it was founded; correct one of the dates, or give it another role where it was there before.",
        sql: format!(
            "SELECT p.id, e.id AS subject, e.slug,
                 e.date || ', organisation/' || o.slug || ' founded ' || o.founded AS message
             FROM participation p JOIN event e ON e.id = p.context_id JOIN organisation o ON o.id = p.participant_id
             WHERE p.status <> 'DENIED' AND {FOUNDED_IN_ANOTHER_YEAR}"
        ),
    }
}

pub(super) fn name_outside_life() -> Rule {
    let lives = [
        ("organisation", "founded", "dissolved"),
        ("person", "born", "died"),
        ("campaign", "started", "ended"),
        ("publication", "published", "ceased"),
    ];
    let of_each = lives.map(|(table, from, to)| {
        let (from, to) = (format!("o.{from}"), format!("o.{to}"));
        let (life, period) = (span(&from, &to), span("x.start", "x.\"end\""));
        let outside = outside("x", &from, &to);
        format!(
            "SELECT x.id, o.id AS subject, o.slug,
                 'name ' || x.text || ' from ' || {period} || ', was there from ' || {life} AS message
             FROM name x JOIN {table} o ON o.id = x.node_id WHERE {outside}"
        )
    });
    Rule {
        name: "NAME_OUTSIDE_LIFE",
        sentence: "A name was used before its bearer was there, or after its bearer's end; correct the name's period or the bearer's dates.",
        sql: of_each.join(" UNION ALL "),
    }
}

pub(super) fn membership_outside_life() -> Rule {
    let (period, body) = (
        span("x.start", "x.\"end\""),
        span("o.founded", "o.dissolved"),
    );
    let life = span("s.born", "s.died");
    let (outside_body, outside_life) = (
        outside("x", "o.founded", "o.dissolved"),
        outside("x", "s.born", "s.died"),
    );
    Rule {
        name: "MEMBERSHIP_OUTSIDE_LIFE",
        sentence: "Somebody was in an organisation before it was founded or after it was dissolved, or before being born or after dying; correct one of the dates.",
        sql: format!(
            "SELECT x.id, s.id AS subject, s.slug,
                 x.role || ' of organisation/' || o.slug || ' (' || {body} || ') from ' || {period}
                 || CASE WHEN s.born IS NULL AND s.died IS NULL THEN '' ELSE ', lived from ' || {life} END AS message
             FROM membership x JOIN person s ON s.id = x.person_id JOIN organisation o ON o.id = x.organisation_id
             WHERE ({outside_body} OR {outside_life}) AND x.status <> 'DENIED'"
        ),
    }
}

pub(super) fn affiliation_outside_life() -> Rule {
    let (period, body) = (
        span("x.start", "x.\"end\""),
        span("o.founded", "o.dissolved"),
    );
    let member = span("s.founded", "s.dissolved");
    let (outside_body, outside_member) = (
        outside("x", "o.founded", "o.dissolved"),
        outside("x", "s.founded", "s.dissolved"),
    );
    Rule {
        name: "AFFILIATION_OUTSIDE_LIFE",
        sentence: "An organisation belonged to another before one of the two was founded, or after one was dissolved; correct one of the dates.",
        sql: format!(
            "SELECT x.id, s.id AS subject, s.slug,
                 x.kind || ' of organisation/' || o.slug || ' (' || {body} || ') from ' || {period}
                 || ', was there from ' || {member} AS message
             FROM affiliation x JOIN organisation s ON s.id = x.member_id JOIN organisation o ON o.id = x.body_id
             WHERE ({outside_body} OR {outside_member}) AND x.status <> 'DENIED'"
        ),
    }
}

pub(super) fn place_outside_life() -> Rule {
    let (period, life) = (
        span("x.start", "x.\"end\""),
        span("s.founded", "s.dissolved"),
    );
    let outside = outside("x", "s.founded", "s.dissolved");
    Rule {
        name: "PLACE_OUTSIDE_LIFE",
        sentence: "An organisation was at a place before it was founded or after it was dissolved; correct one of the dates.",
        sql: format!(
            "SELECT x.id, s.id AS subject, s.slug,
                 x.role || ' at place/' || o.slug || ' from ' || {period} || ', was there from ' || {life} AS message
             FROM place_period x JOIN organisation s ON s.id = x.organisation_id JOIN place o ON o.id = x.place_id
             WHERE {outside} AND x.status <> 'DENIED'"
        ),
    }
}

pub(super) fn order_against_dates() -> Rule {
    Rule {
        name: "ORDER_AGAINST_DATES",
        sentence: "An event is said to follow another one, and is dated before it; correct one of the dates, or the order.",
        sql: "SELECT x.id, l.id AS subject, l.slug, l.date || ', follows event/' || e.slug || ': ' || e.date AS message
              FROM event_order x JOIN event e ON e.id = x.earlier_id JOIN event l ON l.id = x.later_id
              WHERE e.date_earliest > l.date_latest AND x.status <> 'DENIED'"
            .to_owned(),
    }
}
