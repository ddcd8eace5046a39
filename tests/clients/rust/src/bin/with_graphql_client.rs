//! Types from the document: `graphql_client` reads `lineage.graphql` beside the schema and writes what it can answer.

use std::error::Error;

use graphql_client::{GraphQLQuery, Response};
use schismograph_clients::{SLUG, ask, spoken};

type Edtf = String;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../../api/schema.graphql",
    query_path = "../lineage.graphql",
    response_derives = "Debug"
)]
struct Lineage;

fn main() -> Result<(), Box<dyn Error>> {
    let slug = SLUG.to_owned();
    let question = Lineage::build_query(lineage::Variables { slug });
    let answer: Response<lineage::ResponseData> = ask(&question)?;
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
        let date = link.date.ok_or("not dated")?.edtf;
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
