//! Questions about lineage to any depth, each with the SQL that an expert would write for exactly this answer. The one
//! parameter is the slug of an organisation; of paths, there is a second one.

use tests::On;

use crate::page::Question;

const ANCESTORS: &str = "query($slug: String!) { organisation(by: {slug: $slug}) \
    { ancestors(first: 100) { totalCount edges { depth node { id name } } } } }";
const DESCENDANTS: &str = "query($slug: String!) { organisation(by: {slug: $slug}) \
    { descendants(first: 100) { totalCount edges { depth node { id name } } } } }";
const LINEAGE: &str = "query($slug: String!) { organisation(by: {slug: $slug}) \
    { lineage(limit: 2000) { truncated nodes { depth organisation { id name } } links { kind } } } }";
const PATHS: &str = "query($from: ID!, $to: ID!) { paths(from: $from, to: $to, limit: 1) \
    { length steps { via forward from { id } to { id } } } }";

/// How the two databases spell what these statements need.
struct Spelling {
    object: &'static str,
    list: &'static str,
    empty: &'static str,
    text: &'static str,
    first: &'static str,
    second: &'static str,
    /// Looks up what the first table names in the second: SQLite would sometimes go the other way.
    join: &'static str,
}

fn spelling(on: On) -> Spelling {
    match on {
        On::Sqlite => Spelling {
            object: "json_object",
            list: "json_group_array",
            empty: "json('[]')",
            text: "",
            first: "?1",
            second: "?2",
            join: "CROSS JOIN",
        },
        On::Postgres => Spelling {
            object: "json_build_object",
            list: "json_agg",
            empty: "'[]'",
            text: "::text",
            first: "$1",
            second: "$2",
            join: "JOIN",
        },
    }
}

/// Everything that links lead to, each once at its smallest depth.
fn kin(on: On, field: &'static str, from: &str, to: &str) -> String {
    let Spelling {
        object,
        list,
        empty,
        text,
        first,
        join,
        ..
    } = spelling(on);
    format!(
        "WITH RECURSIVE w(id,depth) AS (SELECT s.node_id,0 FROM slug s WHERE s.kind='ORGANISATION' AND s.slug={first} \
         UNION SELECT l.{to},w.depth+1 FROM w JOIN lineage_link l ON l.{from}=w.id WHERE w.depth<60),\
         k AS MATERIALIZED (SELECT w.id,min(w.depth) AS depth FROM w GROUP BY w.id HAVING min(w.depth)>0) \
         SELECT {object}('organisation',{object}('{field}',{object}('totalCount',(SELECT count(*) FROM k),'edges',\
         coalesce((SELECT {list}({object}('depth',x.depth,'node',{object}('id',x.public_id,'name',x.name)) ORDER BY x.depth,x.id) \
         FROM (SELECT k.depth,o.id,o.public_id,o.name FROM k {join} organisation o ON o.id=k.id ORDER BY k.depth,k.id LIMIT 100) x),{empty})))){text}"
    )
}

/// A walk depth by depth, which a large family with cycles needs.
fn walk(on: On, name: &str, from: &str, to: &str) -> String {
    let first = spelling(on).first;
    let start = format!("FROM slug s WHERE s.kind='ORGANISATION' AND s.slug={first}");
    match on {
        On::Sqlite => format!(
            "{name}(depth,front,seen) AS (SELECT 0,json_array(s.node_id),'[]' {start} UNION ALL \
             SELECT {name}.depth+1,(SELECT json_group_array(m.id) FROM (SELECT l.{to} AS id FROM json_each({name}.front) e \
             CROSS JOIN lineage_link l WHERE l.{from}=e.value EXCEPT SELECT value FROM json_each({name}.seen) \
             EXCEPT SELECT value FROM json_each({name}.front)) m),\
             CASE {name}.seen WHEN '[]' THEN {name}.front ELSE substr({name}.seen,1,length({name}.seen)-1)||','||substr({name}.front,2) END \
             FROM {name} WHERE {name}.front<>'[]')"
        ),
        On::Postgres => format!(
            "{name}(depth,front,seen) AS (SELECT 0,ARRAY[s.node_id],'{{}}'::bigint[] {start} UNION ALL \
             SELECT {name}.depth+1,(SELECT coalesce(array_agg(m.id),'{{}}') FROM (SELECT l.{to} AS id FROM unnest({name}.front) e(value) \
             JOIN lineage_link l ON l.{from}=e.value EXCEPT SELECT unnest({name}.seen) EXCEPT SELECT unnest({name}.front)) m),\
             {name}.seen||{name}.front FROM {name} WHERE {name}.front<>'{{}}')"
        ),
    }
}

fn lineage(on: On) -> String {
    let Spelling {
        object, list, text, ..
    } = spelling(on);
    let each = |walk: &str| match on {
        On::Sqlite => format!("{walk},json_each({walk}.front) e"),
        On::Postgres => format!("{walk},unnest({walk}.front) e(value)"),
    };
    let (back, forth) = (each("b"), each("f"));
    let no = match on {
        On::Sqlite => "json('false')",
        On::Postgres => "false",
    };
    format!(
        "WITH RECURSIVE {},{},n AS MATERIALIZED (SELECT m.id,CASE WHEN min(m.far)%2=1 THEN min(m.far)/2 ELSE -(min(m.far)/2) END AS depth \
         FROM (SELECT e.value AS id,b.depth*2 AS far FROM {back} UNION ALL \
         SELECT e.value,CASE f.depth WHEN 0 THEN 0 ELSE f.depth*2+1 END FROM {forth}) m GROUP BY m.id) \
         SELECT {object}('organisation',{object}('lineage',{object}('truncated',{no},'nodes',\
         (SELECT {list}({object}('depth',n.depth,'organisation',{object}('id',o.public_id,'name',o.name)) ORDER BY n.depth,n.id) \
         FROM n JOIN organisation o ON o.id=n.id),'links',\
         (SELECT {list}({object}('kind',l.kind) ORDER BY l.date_order,l.id) FROM n JOIN lineage_link l ON l.predecessor_id=n.id \
         WHERE l.successor_id IN (SELECT n.id FROM n))))){text}",
        walk(on, "b", "successor_id", "predecessor_id"),
        walk(on, "f", "predecessor_id", "successor_id"),
    )
}

/// The one shortest way in a family without rings.
fn paths(on: On) -> String {
    let Spelling {
        object,
        list,
        text,
        first,
        second,
        ..
    } = spelling(on);
    let (step, way, steps, forward) = match on {
        On::Sqlite => (
            "json_insert(w.way,'$[#]',l.id)",
            "json_array()",
            "json_each(w.way) e",
            "json(CASE WHEN l.predecessor_id=x.here THEN 'true' ELSE 'false' END)",
        ),
        On::Postgres => (
            "w.way||l.id",
            "'{}'::bigint[]",
            "unnest(w.way) WITH ORDINALITY e(value,key)",
            "l.predecessor_id=x.here",
        ),
    };
    let (here, there) = match on {
        On::Sqlite => ("json_insert(w.met,'$[#]',t.id)", "json_array(n.id)"),
        On::Postgres => ("w.met||t.id", "ARRAY[n.id]"),
    };
    let (met, at) = match on {
        On::Sqlite => ("(SELECT value FROM json_each(w.met))", "w.met->>(e.key)"),
        On::Postgres => ("(SELECT unnest(w.met))", "w.met[e.key]"),
    };
    format!(
        "WITH RECURSIVE w(id,length,way,met) AS (SELECT n.id,0,{way},{there} FROM node n WHERE n.public_id={first} UNION ALL \
         SELECT t.id,w.length+1,{step},{here} FROM w JOIN lineage_link l ON l.predecessor_id=w.id OR l.successor_id=w.id \
         JOIN organisation t ON t.id=CASE WHEN l.predecessor_id=w.id THEN l.successor_id ELSE l.predecessor_id END \
         WHERE w.length<12 AND t.id NOT IN {met}),\
         g AS MATERIALIZED (SELECT w.* FROM w JOIN node n ON n.id=w.id WHERE n.public_id={second} ORDER BY w.length LIMIT 1) \
         SELECT {object}('paths',{list}({object}('length',w.length,'steps',(SELECT {list}({object}('via',l.kind,'forward',{forward},\
         'from',{object}('id',a.public_id),'to',{object}('id',b.public_id)) ORDER BY x.key) \
         FROM (SELECT e.key,e.value,{at} AS here FROM {steps}) x JOIN lineage_link l ON l.id=x.value \
         JOIN organisation a ON a.id=x.here \
         JOIN organisation b ON b.id=CASE WHEN l.predecessor_id=x.here THEN l.successor_id ELSE l.predecessor_id END)))){text} FROM g w"
    )
}

pub fn questions(on: On) -> [Question; 4] {
    let question = |name, query, sql| Question {
        name,
        query,
        sql,
        by_slug: true,
    };
    [
        question(
            "ancestors",
            ANCESTORS,
            kin(on, "ancestors", "successor_id", "predecessor_id"),
        ),
        question(
            "descendants",
            DESCENDANTS,
            kin(on, "descendants", "predecessor_id", "successor_id"),
        ),
        question("largest family", LINEAGE, lineage(on)),
        question("path", PATHS, paths(on)),
    ]
}
