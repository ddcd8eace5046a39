//! A synthetic data set, written in bulk by the database itself: the same rows on both.

use sea_orm::ConnectionTrait;
use tests::{On, World};

/// Fills an empty world: for each organisation 1.5 people, 3 memberships, 2 publications with an author each,
/// and a split from an earlier one.
pub async fn fill(world: &World, on: On, organisations: u64) {
    let n = organisations;
    let (people, publications, memberships) = (n * 3 / 2, n * 2, n * 3);
    let person = n;
    let publication = person + people;
    let event = publication + publications;
    let membership = event + n;
    let authorship = membership + memberships;
    let participation = authorship + publications;
    let link = participation + 2 * n;
    let (yes, no, date) = match on {
        On::Sqlite => ("1", "0", ""),
        On::Postgres => ("true", "false", "::date"),
    };
    let dated = |name: &str, year: &str| {
        (
            format!(
                "{name},{name}_earliest,{name}_latest,{name}_precision,{name}_approximate,{name}_uncertain,{name}_order"
            ),
            format!(
                "CAST({year} AS text),(CAST({year} AS text) || '-01-01'){date},(CAST({year} AS text) || '-12-31'){date},'YEAR',{no},{no},({year})*1000"
            ),
        )
    };
    let no_date = i64::MAX;
    let node = |kind: &str, prefix: &str, base: u64, count: u64| {
        insert(
            count,
            &format!(
                "node (id,kind,public_id) SELECT {base}+i,'{kind}','{prefix}_' || substr('00000000000000000000' || i,-20)"
            ),
            on,
        )
    };
    let id = |prefix: &str| match on {
        On::Sqlite => format!("'{prefix}_' || substr('00000000000000000000' || i,-20)"),
        On::Postgres => format!("'{prefix}_' || right('00000000000000000000' || i,20)"),
    };
    let (founded, founded_values) = dated("founded", "1900+i%120");
    let (published, published_values) = dated("published", "1900+i%120");
    let (start, start_values) = dated("start", "1900+i%97");
    let (split, split_values) = dated("date", "1901+i%119");
    let statements = [
        node("ORGANISATION", "org", 0, n),
        insert(
            n,
            &format!(
                "organisation (id,public_id,slug,name,name_folded,summary,kind,status,{founded},dissolved_order,revision) \
             SELECT i,{},'organisation-' || i,'Organisation ' || i,'organisation ' || i,'One of many, number ' || i,'PARTY','UNKNOWN',{founded_values},{no_date},1",
                id("org")
            ),
            on,
        ),
        insert(
            n,
            "slug (kind,slug,node_id) SELECT 'ORGANISATION','organisation-' || i,i",
            on,
        ),
        node("PERSON", "per", person, people),
        insert(
            people,
            &format!(
                "person (id,public_id,slug,name,name_folded,born_order,died_order,revision) \
             SELECT {person}+i,{},'person-' || i,'Person ' || i,'person ' || i,{no_date},{no_date},1",
                id("per")
            ),
            on,
        ),
        node("PUBLICATION", "pub", publication, publications),
        insert(
            publications,
            &format!(
                "publication (id,public_id,slug,name,name_folded,kind,free,{published},ceased_order,revision) \
             SELECT {publication}+i,{},'publication-' || i,'Publication ' || i,'publication ' || i,'BOOK',{yes},{published_values},{no_date},1",
                id("pub")
            ),
            on,
        ),
        node("EVENT", "evt", event, n),
        insert(
            n,
            &format!(
                "event (id,public_id,slug,name,name_folded,kind,{split},revision) \
             SELECT {event}+i,{},'event-' || i,'Split ' || i,'split ' || i,'SPLIT',{split_values},1",
                id("evt")
            ),
            on,
        ),
        node("MEMBERSHIP", "mem", membership, memberships),
        insert(
            memberships,
            &format!(
                "membership (id,public_id,person_id,organisation_id,role,{start},end_order,status,ordinal) \
             SELECT {membership}+i,{},{person}+1+(i*7919)%{people},1+(i*31)%{n},'member',{start_values},{no_date},'STATED',i%7",
                id("mem")
            ),
            on,
        ),
        node("AUTHORSHIP", "aut", authorship, publications),
        insert(
            publications,
            &format!(
                "authorship (id,public_id,publication_id,person_id,role,status,ordinal) \
             SELECT {authorship}+i,{},{publication}+i,{person}+1+(i*13)%{people},'author','STATED',0",
                id("aut")
            ),
            on,
        ),
        node("PARTICIPATION", "par", participation, 2 * n),
        insert(
            n - 1,
            &format!(
                "participation (id,public_id,context_id,participant_id,role,start_order,end_order,status,ordinal) \
             SELECT {participation}+i,{},{event}+i+1,1+(i*37)%i,'origin',{no_date},{no_date},'STATED',0",
                id("par")
            ),
            on,
        ),
        insert(
            n - 1,
            &format!(
                "participation (id,public_id,context_id,participant_id,role,start_order,end_order,status,ordinal) \
             SELECT {participation}+{n}+i,{},{event}+i+1,i+1,'resulting',{no_date},{no_date},'STATED',1",
                id("pax")
            ),
            on,
        ),
        node("LINEAGE_LINK", "lnk", link, n),
        insert(
            n - 1,
            &format!(
                "lineage_link (id,public_id,kind,predecessor_id,successor_id,event_id,predecessor_participation_id,successor_participation_id,{split},status) \
             SELECT {link}+i,{},'SPLIT_FROM',1+(i*7919)%(i/2+1),i+1,{event}+i+1,{participation}+i,{participation}+{n}+i,{split_values},'STATED'",
                id("lnk")
            ),
            on,
        ),
        "ANALYZE".to_owned(),
    ];
    for statement in statements {
        let statement = if on == On::Postgres {
            statement.replace(
                "substr('00000000000000000000' || i,-20)",
                "right('00000000000000000000' || i,20)",
            )
        } else {
            statement
        };
        world
            .database
            .writer
            .execute_unprepared(&statement)
            .await
            .unwrap();
    }
}

fn insert(count: u64, what: &str, on: On) -> String {
    let (table, select) = what.split_once(" SELECT ").unwrap();
    match on {
        On::Sqlite => format!(
            "INSERT INTO {table} WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM s WHERE i<{count}) SELECT {select} FROM s"
        ),
        On::Postgres => format!(
            "INSERT INTO {table} SELECT {select} FROM generate_series(1::bigint,{count}) s(i)"
        ),
    }
}
