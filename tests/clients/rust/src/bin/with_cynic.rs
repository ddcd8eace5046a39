//! The document from types: cynic checks these structs against the schema and writes the query that fills them.

use std::error::Error;

use cynic::{Enum, GraphQlResponse, QueryBuilder, QueryFragment, QueryVariables};
use schismograph_clients::{SLUG, ask, spoken};

#[cynic::schema("schismograph")]
mod schema {}

#[derive(QueryVariables)]
struct Variables<'a> {
    slug: &'a str,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Variables")]
struct Lineage {
    #[arguments(by: { slug: $slug })]
    organisation: Option<Organisation>,
}

#[derive(QueryFragment)]
struct Organisation {
    name: String,
    founded: Option<Displayed>,
    split_from: Splits,
    dissolved_into: Dissolutions,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "HistoricalDate")]
struct Displayed {
    display: String,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "HistoricalDate")]
struct Dated {
    edtf: Edtf,
}

#[derive(cynic::Scalar)]
struct Edtf(String);

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageConnection")]
struct Splits {
    edges: Vec<SplitEdge>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageEdge")]
struct SplitEdge {
    node: Named,
    link: Split,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Organisation")]
struct Named {
    name: String,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageLink")]
struct Split {
    date: Option<Dated>,
    people: Option<Quantity>,
    reason: Option<String>,
    event: Option<Event>,
    #[arguments(property: "reason")]
    claims: Vec<Claim>,
}

#[derive(QueryFragment)]
struct Quantity {
    value: Option<i32>,
}

#[derive(QueryFragment)]
struct Event {
    kind: EventKind,
}

#[derive(Enum, Debug)]
#[cynic(non_exhaustive)]
enum EventKind {
    Split,
    #[cynic(fallback)]
    Unknown,
}

#[derive(QueryFragment)]
struct Claim {
    locator: Option<String>,
    quote: Option<String>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageConnection")]
struct Dissolutions {
    edges: Vec<DissolutionEdge>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageEdge")]
struct DissolutionEdge {
    node: Named,
    link: Dissolution,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "LineageLink")]
struct Dissolution {
    date: Option<Displayed>,
    status: ClaimStatus,
}

#[derive(Enum, Debug)]
enum ClaimStatus {
    Stated,
    Derived,
    Disputed,
    Denied,
}

fn main() -> Result<(), Box<dyn Error>> {
    let answer: GraphQlResponse<Lineage> = ask(&Lineage::build(Variables { slug: SLUG }))?;
    if let Some(errors) = answer.errors {
        return Err(format!("{errors:?}").into());
    }
    let organisation = answer
        .data
        .and_then(|data| data.organisation)
        .ok_or("no such organisation")?;
    let founded = organisation.founded.ok_or("not dated")?.display;
    println!("{}, founded {founded}", organisation.name);
    for edge in organisation.split_from.edges {
        let link = edge.link;
        let Edtf(date) = link.date.ok_or("not dated")?.edtf;
        let people = link
            .people
            .and_then(|people| people.value)
            .ok_or("not counted")?;
        let kind = spoken(&link.event.ok_or("no event")?.kind);
        let reason = link.reason.ok_or("no reason")?;
        println!(
            "{kind} from {}, {date}, {people} people: {reason}",
            edge.node.name
        );
        for claim in link.claims {
            let (locator, quote) = (
                claim.locator.unwrap_or_default(),
                claim.quote.unwrap_or_default(),
            );
            println!("  {locator}: {quote}");
        }
    }
    for edge in organisation.dissolved_into.edges {
        let date = edge.link.date.ok_or("not dated")?.display;
        println!(
            "dissolved into {}, {date}, {}",
            edge.node.name,
            spoken(&edge.link.status)
        );
    }
    Ok(())
}
