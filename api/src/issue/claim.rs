//! Claims that contradict each other, or what is shown.

use super::Rule;
use super::piece::slug_of;

/// Properties whose value is a date.
const DATES: &str =
    "'founded', 'dissolved', 'born', 'died', 'started', 'ended', 'published', 'ceased', 'date'";

/// Other properties with one value at most that is either right or wrong. Names and texts are not: sources word them
/// differently without contradicting each other.
const FACTS: &str = "'kind', 'status', 'country', 'headquarters', 'place', 'position', 'newspaper', 'parent', \
     'organisation', 'colour', 'free', 'language', 'isbn', 'issn', 'attendance', 'occurrences'";

/// Properties of which sources can know different ones, while one is shown.
const NAMES: &str = "'name', 'title', 'abbreviation'";

/// That the claim `c` says something of its subject itself, and is taken for possible.
const COUNTS: &str = "c.about_id IS NULL AND c.value IS NOT NULL AND c.rank <> 'DEPRECATED' AND c.status <> 'DENIED'";

/// What the claim `c` says, without the marks of doubt on a date.
const SAID: &str = "rtrim(c.value, '~?%')";

/// That the claim `c` is no date but a day, month or year: of seasons, sets, decades and intervals a text does not tell
/// what they contradict.
fn plain() -> String {
    format!(
        "(c.property NOT IN ({DATES}) OR c.value NOT LIKE '%X%' AND c.value NOT LIKE '%.%' AND c.value NOT LIKE '%,%'
          AND c.value NOT LIKE '%/%' AND c.value NOT LIKE '____-2_' AND c.value NOT LIKE '____-3_')"
    )
}

pub(super) fn preferred_claims_disagree() -> Rule {
    let slug = slug_of("c.subject_id");
    Rule {
        name: "PREFERRED_CLAIMS_DISAGREE",
        sentence: "Several claims on one value are preferred and say different things; prefer the best one alone.",
        sql: format!(
            "SELECT c.id, c.subject_id AS subject, {slug} AS slug, c.property || ': ' || c.least || ', ' || c.most AS message
             FROM (SELECT min(id) AS id, subject_id, property, min(value) AS least, max(value) AS most
                   FROM claim WHERE rank = 'PREFERRED' AND status <> 'DENIED'
                   GROUP BY subject_id, property, about_id HAVING min(value) <> max(value)) c"
        ),
    }
}

/// Dates of which one refines the other agree, so that their sources count together.
pub(super) fn claim_against_majority() -> Rule {
    let (slug, plain) = (slug_of("c.subject_id"), plain());
    let agrees = format!(
        "(c.property IN ({DATES})
          AND (substr(c.said, 1, length(c.chosen)) = c.chosen OR substr(c.chosen, 1, length(c.said)) = c.said))"
    );
    Rule {
        name: "CLAIM_AGAINST_MAJORITY",
        sentence: "The preferred claim has fewer sources than another value; prefer that one, or mark as deprecated the claims that you have reason not to believe.",
        sql: format!(
            "WITH counting AS (
                 SELECT c.subject_id, c.property, {SAID} AS said, c.source_id,
                     min(CASE c.rank WHEN 'PREFERRED' THEN c.id END) OVER (PARTITION BY c.subject_id, c.property) AS id,
                     min(CASE c.rank WHEN 'PREFERRED' THEN {SAID} END) OVER (PARTITION BY c.subject_id, c.property) AS chosen,
                     max(CASE c.rank WHEN 'PREFERRED' THEN {SAID} END) OVER (PARTITION BY c.subject_id, c.property) AS or_chosen
                 FROM claim c WHERE {COUNTS} AND {plain} AND c.property IN ({DATES}, {FACTS}, {NAMES})),
             meant AS (
                 SELECT c.id, c.subject_id, c.property, c.chosen, c.source_id,
                     CASE WHEN {agrees} THEN c.chosen ELSE c.said END AS said
                 FROM counting c WHERE c.chosen = c.or_chosen),
             supported AS (
                 SELECT id, subject_id, property, chosen, said, count(DISTINCT source_id) AS sources
                 FROM meant GROUP BY id, subject_id, property, chosen, said),
             ranked AS (
                 SELECT supported.*, max(CASE WHEN said = chosen THEN sources END) OVER (PARTITION BY id) AS own,
                     row_number() OVER (PARTITION BY id ORDER BY sources DESC, said) AS place
                 FROM supported)
             SELECT c.id, c.subject_id AS subject, {slug} AS slug,
                 c.property || ': ' || c.chosen || ' by ' || c.own || ', ' || c.said || ' by ' || c.sources || ' sources' AS message
             FROM ranked c WHERE c.place = 1 AND c.sources > c.own"
        ),
    }
}

/// Dates contradict each other by the year, or else by the month, or else by the day.
pub(super) fn claims_undecided() -> Rule {
    let (slug, plain) = (slug_of("c.subject_id"), plain());
    Rule {
        name: "CLAIMS_UNDECIDED",
        sentence: "Sources contradict each other and no claim is preferred, so that nobody has chosen what is shown; prefer the best one.",
        sql: format!(
            "SELECT c.id, c.subject_id AS subject, {slug} AS slug, c.property || ': ' || c.least || ', ' || c.most AS message
             FROM (SELECT min(id) AS id, subject_id, property, min(said) AS least, max(said) AS most
                   FROM (SELECT c.id, c.subject_id, c.property, c.rank, CASE WHEN {plain} THEN {SAID} END AS said
                         FROM claim c WHERE {COUNTS} AND c.property IN ({DATES}, {FACTS})) c
                   GROUP BY subject_id, property
                   HAVING max(CASE rank WHEN 'PREFERRED' THEN 1 ELSE 0 END) = 0
                   AND CASE WHEN property IN ({DATES}) THEN count(DISTINCT substr(said, 1, 4)) > 1
                       OR count(DISTINCT CASE WHEN length(said) >= 7 THEN substr(said, 1, 7) END) > 1
                       OR count(DISTINCT CASE WHEN length(said) >= 10 THEN said END) > 1
                   ELSE count(DISTINCT said) > 1 END) c"
        ),
    }
}
