//! Pieces of SQL that several rules are made of.

/// A life or a period in words: `1950 to unknown`.
pub(super) fn span(from: &str, to: &str) -> String {
    format!("COALESCE({from}, 'unknown') || ' to ' || COALESCE({to}, 'unknown')")
}

/// That a period certainly begins or ends outside of a life.
pub(super) fn outside(period: &str, from: &str, to: &str) -> String {
    format!(
        "({period}.start_latest < {from}_earliest OR {period}.end_latest < {from}_earliest
          OR {period}.start_earliest > {to}_latest OR {period}.end_earliest > {to}_latest)"
    )
}

/// The slug of one of the five entities.
pub(super) fn slug_of(id: &str) -> String {
    let entities = ["organisation", "person", "campaign", "publication", "event"];
    slug_in(&entities, id)
}

/// The slug of a record in one of these tables.
pub(super) fn slug_in(tables: &[&str], id: &str) -> String {
    let slug = |table: &&str| format!("(SELECT slug FROM {table} WHERE id = {id})");
    let slugs: Vec<_> = tables.iter().map(slug).collect();
    format!("COALESCE({})", slugs.join(", "))
}

/// One of the five entities by kind and slug: `organisation/old-guard`.
pub(super) fn entity(id: &str) -> String {
    format!(
        "((SELECT lower(kind) FROM node WHERE id = {id}) || '/' || {})",
        slug_of(id)
    )
}

/// That by the participation `p` in the event `e` an organisation came to its end, and did not go on as well.
pub(super) const ENDS: &str = "p.status <> 'DENIED' AND (p.role IN ('ceased', 'absorbed')
     OR p.role = 'origin' AND e.kind IN ('DIVISION', 'MERGER', 'SUCCESSION', 'REFOUNDATION')) AND NOT EXISTS (
         SELECT 1 FROM participation q
         WHERE q.context_id = p.context_id AND q.participant_id = p.participant_id AND q.role = 'continuing')";

/// That by the participation `p` in the event `e` the organisation `o` came about in another year than it was founded.
/// People leave months before the congress that founds what becomes of them, so days and months do not count.
pub(super) const FOUNDED_IN_ANOTHER_YEAR: &str = "p.role = 'resulting' AND e.kind IN (
         'FOUNDATION', 'SPLIT', 'DIVISION', 'MERGER', 'DISSOLUTION', 'SUCCESSION', 'REFOUNDATION', 'DEFECTION')
     AND (substr(CAST(e.date_latest AS text), 1, 4) < substr(CAST(o.founded_earliest AS text), 1, 4)
     OR substr(CAST(e.date_earliest AS text), 1, 4) > substr(CAST(o.founded_latest AS text), 1, 4))";
