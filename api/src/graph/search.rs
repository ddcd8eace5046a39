//! Search over names, titles and summaries of all kinds. The full-text index of each database finds the rows;
//! the order is our own, so that both give the same answer: the whole name, its beginning, words of the name,
//! words of another name, words of the summary. Where no word begins as asked, parts of words are looked for, in
//! names before other names before summaries.

use apollo_compiler::executable::Field;

use super::{
    argument::Argument,
    computed,
    convert::Convert,
    page::{RowKey, Rows},
    plan::{Planned, Planner},
    sql::Dialect,
    thing::{Column, KeyKind, NodeOf, Target},
};
use crate::error::Error;

/// How the words of a query are put to an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Folded words, one space between.
    Plain,
    /// Every word as a prefix, for SQLite's FTS5.
    Fts5,
    /// The same within names alone.
    Fts5Name,
    /// The same within names and other names.
    Fts5Names,
    /// As one part of a text, for FTS5's trigrams.
    Fts5Part,
    /// Every word as a prefix, for PostgreSQL's `to_tsquery`.
    Tsquery,
    /// The same within names alone, which carry weight A.
    TsqueryName,
    /// The same within names and other names, which carry weight B.
    TsqueryNames,
    /// As a pattern of LIKE.
    Pattern,
}

/// The folded words of a query in the form that an index takes. Words hold letters and digits only, so
/// nothing in them is syntax to either database.
pub fn words(tokens: &str, form: Words) -> String {
    let each = |word: &dyn Fn(&str) -> String, separator: &str| -> String {
        tokens
            .split(' ')
            .map(word)
            .collect::<Vec<_>>()
            .join(separator)
    };
    let prefixes = || each(&|word| format!("\"{word}\"*"), " AND ");
    match form {
        Words::Plain => tokens.to_owned(),
        Words::Fts5 => prefixes(),
        Words::Fts5Name => format!("name_tokens : ({})", prefixes()),
        Words::Fts5Names => format!("{{name_tokens names_tokens}} : ({})", prefixes()),
        Words::Fts5Part => format!("\"{tokens}\""),
        Words::Tsquery => each(&|word| format!("{word}:*"), " & "),
        Words::TsqueryName => each(&|word| format!("{word}:*A"), " & "),
        Words::TsqueryNames => each(&|word| format!("{word}:*AB"), " & "),
        Words::Pattern => format!("%{tokens}%"),
    }
}

/// Plans the root field `search`.
pub fn plan<'d>(
    planner: &mut Planner<'d, '_>,
    field: &'d Field,
    fields: &[&'d Field],
) -> Planned<String> {
    let query = planner.argument(field, "query").unwrap_or(Argument::Absent);
    let word = |planner: &mut Planner<'d, '_>, form| {
        planner.bind_argument(&query, Convert::Words(form), "query")
    };
    let plain = word(planner, Words::Plain)?;
    let after = planner.bind_argument(&query, Convert::WordsAfter, "query")?;
    let (begins, part, in_name, in_names) = match planner.dialect {
        Dialect::Sqlite => {
            let matching = |parameter: &str, index: &str| {
                format!("d.id IN (SELECT rowid FROM {index} WHERE {index} MATCH {parameter})")
            };
            (
                matching(&word(planner, Words::Fts5)?, "search_index"),
                matching(&word(planner, Words::Fts5Part)?, "search_trigram"),
                matching(&word(planner, Words::Fts5Name)?, "search_index"),
                matching(&word(planner, Words::Fts5Names)?, "search_index"),
            )
        }
        Dialect::Postgres => {
            let matching =
                |parameter: &str| format!("d.search_vector @@ to_tsquery('simple',{parameter})");
            let pattern = word(planner, Words::Pattern)?;
            (
                matching(&word(planner, Words::Tsquery)?),
                // Three letters make a trigram; shorter parts are looked for on neither database.
                format!(
                    "length({plain})>=3 AND {}",
                    PARTS.replace("{pattern}", &pattern)
                ),
                matching(&word(planner, Words::TsqueryName)?),
                matching(&word(planner, Words::TsqueryNames)?),
            )
        }
    };
    let kinds = match planner.argument(field, "kinds") {
        Some(kinds) => {
            let any = planner.any_of("d.kind", &kinds, &Convert::Text, "kinds")?;
            format!(" AND {any}")
        }
        None => String::new(),
    };
    let has = |column: &str| planner.dialect.contains(&format!("d.{column}"), &plain);
    let (part_of_name, part_of_names) = (has("name_tokens"), has("names_tokens"));
    let from = format!(
        "(SELECT d.id,d.name_tokens,length(d.name_tokens) AS size,CASE WHEN d.name_tokens={plain} THEN 0 \
         WHEN d.name_tokens>={plain} AND d.name_tokens<{after} THEN 1 WHEN {in_name} THEN 2 WHEN {in_names} THEN 3 \
         WHEN {part_of_name} THEN 4 WHEN {part_of_names} THEN 5 ELSE 6 END AS rank \
         FROM search_document d WHERE ({begins} OR (({part}) AND NOT EXISTS (SELECT 1 FROM search_document d WHERE {begins}))){kinds}) s"
    );
    let key = |name: &str, kind| RowKey {
        sql: format!("s.{name}"),
        kind,
        descending: false,
    };
    let rows = Rows {
        base: None,
        from,
        row: "s".to_owned(),
        conditions: Vec::new(),
        keys: vec![
            key("rank", KeyKind::Int),
            key("size", KeyKind::Int),
            key("name_tokens", KeyKind::Text),
        ],
        list: "search".to_owned(),
    };
    let id = Column {
        table: "search_document",
        name: "id",
    };
    planner.connection(
        "Search",
        rows,
        NodeOf::Key(id, Target::Entity),
        field,
        fields,
        |planner, name, id, _| {
            if name != "excerpt" {
                return Err(planner.fail(Error::internal(anyhow::anyhow!(
                    "edge field {name} is not declared"
                ))));
            }
            let mark = planner.bind_text(computed::EXCERPT);
            Ok(excerpt(planner, &mark, &plain, id))
        },
    )
}

/// The trigram index is on the joined texts; what reaches over two of them is no match.
const PARTS: &str = "(d.name_tokens || ' ' || d.names_tokens || ' ' || d.summary_tokens) LIKE {pattern} \
    AND (d.name_tokens LIKE {pattern} OR d.names_tokens LIKE {pattern} OR d.summary_tokens LIKE {pattern})";

/// The marked texts of an entity, one a line: name, other names, summary.
fn excerpt(planner: &Planner<'_, '_>, mark: &str, words: &str, id: &str) -> String {
    let (line, join) = match planner.dialect {
        Dialect::Sqlite => ("char(10)", "group_concat"),
        Dialect::Postgres => ("chr(10)", "string_agg"),
    };
    let part = match planner.dialect {
        Dialect::Sqlite => "char(1)",
        Dialect::Postgres => "chr(1)",
    };
    let names = format!(
        "coalesce((SELECT {join}(a.text,{line} ORDER BY a.ordinal,a.id) FROM name a WHERE a.node_id={id}),'')"
    );
    let texts: Vec<String> = planner
        .declarations
        .registered("Entity")
        .map(|thing| {
            format!(
                "(SELECT e.name || {line} || {names} || {line} || coalesce(e.summary,'') FROM {} e WHERE e.id={id})",
                thing.table
            )
        })
        .collect();
    format!(
        "{mark} || {words} || {part} || coalesce({})",
        texts.join(",")
    )
}
