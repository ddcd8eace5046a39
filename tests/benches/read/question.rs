//! The questions, each with the SQL that an expert would write for exactly this answer.

use std::fmt::Write;

use tests::On;

pub struct Question {
    pub name: &'static str,
    pub query: &'static str,
    pub sql: String,
    /// Whether the one parameter is an organisation's slug.
    pub by_slug: bool,
}

const CHAIN: &str = "query($slug: String!) { organisation(by: {slug: $slug}) { name \
    splitFrom(first: 1) { nodes { name splitFrom(first: 1) { nodes { name splitFrom(first: 1) { nodes { name \
    splitFrom(first: 1) { nodes { name splitFrom(first: 1) { nodes { name splitFrom(first: 1) { nodes { name } } } } } } } } } } } } \
    successors(first: 5) { edges { node { name } link { kind date { edtf } } } } } }";

const PAGE: &str = "{ organisations(first: 50) { nodes { id name \
    people(first: 5) { nodes { role person { id name publications(first: 5) { nodes { id title } } } } } } } }";

const LOOKUP: &str = "query($slug: String!) { organisation(by: {slug: $slug}) \
    { id slug name summary kind status founded { edtf earliest latest precision } } }";

pub fn questions(on: On) -> [Question; 3] {
    let (object, list, parameter, text) = match on {
        On::Sqlite => ("json_object", "json_group_array", "?", ""),
        On::Postgres => ("json_build_object", "json_agg", "$1", "::text"),
    };
    // SQLite takes JSON that comes out of a subselect for text, PostgreSQL gives null for an empty group.
    let nested = |json: &str| match on {
        On::Sqlite => format!("json({json})"),
        On::Postgres => json.to_owned(),
    };
    let all = |json: &str| match on {
        On::Sqlite => format!("{list}(json({json}))"),
        On::Postgres => format!("coalesce({list}({json}),'[]')"),
    };
    let by_slug =
        format!("o.id=(SELECT node_id FROM slug WHERE kind='ORGANISATION' AND slug={parameter})");

    let date = nested(&format!(
        "CASE WHEN o.founded IS NOT NULL THEN {object}('edtf',o.founded,'earliest',o.founded_earliest,'latest',o.founded_latest,'precision',o.founded_precision) END"
    ));
    let lookup = format!(
        "SELECT {object}('organisation',{object}('id',o.public_id,'slug',o.slug,'name',o.name,'summary',o.summary,'kind',o.kind,'status',o.status,'founded',{date})){text} \
         FROM organisation o WHERE {by_slug}"
    );

    let publications = nested(&format!(
        "(SELECT {object}('nodes',{}) FROM (SELECT {object}('id',b.public_id,'title',b.name) AS j FROM authorship a JOIN publication b ON b.id=a.publication_id WHERE a.person_id=p.id ORDER BY b.published_order,b.id LIMIT 5) x)",
        all("x.j")
    ));
    let people = nested(&format!(
        "(SELECT {object}('nodes',{}) FROM (SELECT {object}('role',m.role,'person',{object}('id',p.public_id,'name',p.name,'publications',{publications})) AS j \
         FROM (SELECT * FROM membership m WHERE m.organisation_id=o.id ORDER BY m.start_order,m.id LIMIT 5) m JOIN person p ON p.id=m.person_id ORDER BY m.start_order,m.id) x)",
        all("x.j")
    ));
    let page = format!(
        "SELECT {object}('organisations',{object}('nodes',{})){text} FROM (SELECT {object}('id',o.public_id,'name',o.name,'people',{people}) AS j \
         FROM (SELECT * FROM organisation ORDER BY name_folded,id LIMIT 50) o ORDER BY o.name_folded,o.id) x",
        all("x.j")
    );

    let mut chain = String::new();
    for step in (1..=6).rev() {
        let from = step - 1;
        let inner = if chain.is_empty() {
            String::new()
        } else {
            format!(",'splitFrom',{chain}")
        };
        let mut sql = String::new();
        let _ = write!(
            sql,
            "(SELECT {object}('nodes',{}) FROM (SELECT {object}('name',o{step}.name{inner}) AS j FROM lineage_link l JOIN organisation o{step} ON o{step}.id=l.predecessor_id \
             WHERE l.successor_id=o{from}.id AND l.kind='SPLIT_FROM' ORDER BY l.date_order,l.id LIMIT 1) x)",
            all("x.j")
        );
        chain = nested(&sql);
    }
    let link_date = nested(&format!(
        "CASE WHEN l.date IS NOT NULL THEN {object}('edtf',l.date) END"
    ));
    let successors = nested(&format!(
        "(SELECT {object}('edges',{}) FROM (SELECT {object}('node',{object}('name',s.name),'link',{object}('kind',l.kind,'date',{link_date})) AS j \
         FROM lineage_link l JOIN organisation s ON s.id=l.successor_id WHERE l.predecessor_id=o0.id ORDER BY l.date_order,l.id LIMIT 5) x)",
        all("x.j")
    ));
    let chain = format!(
        "SELECT {object}('organisation',{object}('name',o0.name,'splitFrom',{chain},'successors',{successors})){text} \
         FROM organisation o0 WHERE {}",
        by_slug.replace("o.id", "o0.id")
    );
    [
        Question {
            name: "one organisation",
            query: LOOKUP,
            sql: lookup,
            by_slug: true,
        },
        Question {
            name: "50 x 5 people x 5 publications",
            query: PAGE,
            sql: page,
            by_slug: false,
        },
        Question {
            name: "split-from chain, 6 deep, and successors",
            query: CHAIN,
            sql: chain,
            by_slug: true,
        },
    ]
}
