//! What can be read by its address: the schema, and records.

use apollo_compiler::Name;
use rmcp::{
    ErrorData,
    model::{Resource, ResourceContents, ResourceTemplate},
};
use serde_json::{Map, json};

use super::{Ask, Offer, Refusal, fit};
use crate::{graph::Graph, write::text};

const SCHEME: &str = "schismograph://";
const SDL: &str = "schema.graphql";
const INTROSPECTION: &str = "schema.json";
const TYPES: &str = "schema/";
const GRAPHQL: &str = "application/graphql";
const JSON: &str = "application/json";

impl Offer {
    /// The schema; nothing where it is not shown.
    #[must_use]
    pub fn resources(&self, graph: &Graph) -> Vec<Resource> {
        if !self.shows_schema {
            return Vec::new();
        }
        let resource = |path: &str, title: &str, description: &str, media: &str, text: &str| {
            Resource::new(format!("{SCHEME}{path}"), path)
                .with_title(title)
                .with_description(description)
                .with_mime_type(media)
                .with_size(text.len() as u64)
        };
        let sdl = "The whole GraphQL schema with descriptions, which is long; schismograph://schema/{type} has its types one by one.";
        let introspection = "The same as the answer to the introspection query.";
        vec![
            resource(SDL, "The schema", sdl, GRAPHQL, graph.sdl()),
            resource(
                INTROSPECTION,
                "The schema as JSON",
                introspection,
                JSON,
                graph.introspection(),
            ),
        ]
    }

    /// The types of the schema, and the records of each kind.
    #[must_use]
    pub fn templates(&self) -> Vec<ResourceTemplate> {
        let template = |path: &str, name: &str, description: &str, media: &str| {
            ResourceTemplate::new(format!("{SCHEME}{path}"), name)
                .with_description(description)
                .with_mime_type(media)
        };
        let mut templates = Vec::new();
        if self.shows_schema {
            let described = "One type of the schema with what it refers to by name; Query has all that can be asked.";
            templates.push(template("schema/{type}", "type", described, GRAPHQL));
        }
        for kind in self.records.kinds() {
            let described =
                format!("All that is known of one {kind}, as the tool `entity` tells it.");
            let path = format!("{}/{{slug}}", kind.folder());
            templates.push(template(&path, kind.word(), &described, JSON));
        }
        templates
    }

    /// What is at an address.
    ///
    /// # Errors
    /// When nothing is.
    pub async fn read(
        &self,
        uri: &str,
        graph: &Graph,
        asker: &impl Ask,
    ) -> Result<ResourceContents, ErrorData> {
        let path = uri.strip_prefix(SCHEME).unwrap_or_default();
        let of_schema = if self.shows_schema {
            schema(graph, path)
        } else {
            None
        };
        let found = match of_schema {
            Some(found) => found,
            None => self.record(path, asker).await,
        };
        match found {
            Ok((text, media)) => Ok(ResourceContents::text(text, uri).with_mime_type(media)),
            Err(Refusal(message)) => {
                let which = json!({ "uri": uri });
                Err(ErrorData::resource_not_found(message, Some(which)))
            }
        }
    }

    async fn record(&self, path: &str, asker: &impl Ask) -> Result<Found, Refusal> {
        let named = path.split_once('/').and_then(|(folder, slug)| {
            let record = self.records.of(|kind| kind.folder() == folder)?;
            Some((record, json!({ "slug": slug })))
        });
        let Some((record, by)) = named else {
            let message =
                "nothing is there; resources/list and resources/templates/list tell what there is";
            return Err(Refusal(message.to_owned()));
        };
        let record = record.find(by, None, Map::new(), asker).await?;
        Ok((fit::fit(record)?.to_string(), JSON))
    }
}

/// A text and its media type.
type Found = (String, &'static str);

/// What of the schema is at a path; none: that is none of its paths.
fn schema(graph: &Graph, path: &str) -> Option<Result<Found, Refusal>> {
    match path {
        SDL => return Some(Ok((graph.sdl().to_owned(), GRAPHQL))),
        INTROSPECTION => return Some(Ok((graph.introspection().to_owned(), JSON))),
        _ => {}
    }
    let name = path.strip_prefix(TYPES)?;
    let types = &graph.schema().types;
    let text = types.get(name).map(ToString::to_string);
    Some(text.map(|text| (text, GRAPHQL)).ok_or_else(|| {
        let near = text::nearest(name, types.keys().map(Name::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        Refusal(format!("the schema has no type {name:?}{near}"))
    }))
}
