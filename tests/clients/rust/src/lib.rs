//! What both clients need: a request over HTTP, and the organisation that is asked about.

use std::{env, error::Error, fmt::Debug};

use serde::{Serialize, de::DeserializeOwned};

/// Whose lineage is asked for.
pub const SLUG: &str = "international-socialist-group-scotland";

/// Sends an operation to the service whose address is the first argument of the program.
pub fn ask<Answer: DeserializeOwned>(operation: &impl Serialize) -> Result<Answer, Box<dyn Error>> {
    let address = env::args()
        .nth(1)
        .ok_or("name the address of the service")?;
    let mut response = ureq::post(format!("{address}/graphql"))
        .header("accept", "application/graphql-response+json")
        .send_json(operation)?;
    Ok(response.body_mut().read_json()?)
}

/// An enum value as people write it.
pub fn spoken(value: &impl Debug) -> String {
    format!("{value:?}").to_lowercase()
}
