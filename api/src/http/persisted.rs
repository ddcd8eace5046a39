//! Documents that requests name instead of sending them whole.
//!
//! - Those of a manifest (the setting `documents`), which whoever runs the service trusts: by their id, as `documentId`
//!   beside `variables`, where the appendix on persisted documents of GraphQL over HTTP has it. Where the setting
//!   `documents_only` says so, nothing else runs.
//! - Those that were sent before, by the SHA-256 of their text: automatic persisted queries, as Apollo's clients ask
//!   for them in `extensions.persistedQuery`, <https://www.apollographql.com/docs/apollo-server/performance/apq>.
//!   As many are kept as fit in some memory; who names one that is gone is told to send it again.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use moka::sync::Cache;
use serde::Deserialize;

use crate::{config::Config, digest, error::Error, graph::Graph};

/// Bytes of texts that are kept of those that clients have sent.
const KEPT: u64 = 16 << 20;

/// The documents that can be named.
pub struct Persisted {
    trusted: HashMap<String, Arc<str>>,
    only_trusted: bool,
    sent: Cache<String, Arc<str>>,
}

/// How a request tells which document it wants.
#[derive(Debug, Default)]
pub struct Wanted {
    pub query: Option<String>,
    pub document_id: Option<String>,
    /// The SHA-256 of a text, in hexadecimal digits.
    pub hash: Option<String>,
}

/// The forms that manifests are written in.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    /// Apollo's: <https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format>.
    Operations { operations: Vec<Operation> },
    /// A text for each id, as Relay's compiler and GraphQL Code Generator write them.
    Texts(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Persisted {
    /// Reads the manifest that the settings name, if they name one.
    ///
    /// # Errors
    /// When it cannot be read, or a document in it is not one that the schema answers.
    pub fn new(config: &Config, graph: &Graph) -> Result<Self> {
        let trusted = match &config.documents {
            Some(file) => read(&file.0).with_context(|| format!("{}", file.0.display()))?,
            None if config.documents_only => {
                bail!("documents_only: there is nothing to run; name a manifest in documents")
            }
            None => HashMap::new(),
        };
        for (id, text) in &trusted {
            if let Err(message) = graph.check(text) {
                bail!("documents: `{id}` cannot be answered: {message}");
            }
        }
        Ok(Self {
            trusted,
            only_trusted: config.documents_only,
            sent: Cache::builder()
                .weigher(|hash: &String, text: &Arc<str>| {
                    u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX)
                })
                .max_capacity(KEPT)
                .build(),
        })
    }

    /// The text of the document that a request wants.
    pub(super) fn find(&self, wanted: Wanted) -> Result<String, Error> {
        let Wanted {
            query,
            document_id,
            hash,
        } = wanted;
        if let Some(id) = document_id {
            return match query {
                None => self.by_id(&id),
                Some(_) => Err(Error::bad_request(
                    "a request names its document by documentId or holds it in query, not both",
                )),
            };
        }
        match (query, hash.map(|hash| hash.to_ascii_lowercase())) {
            (None, None) => Err(Error::bad_request(
                "query is missing; it holds the document to run",
            )),
            (_, Some(hash)) if self.trusted.contains_key(&hash) => self.by_id(&hash),
            (Some(_), _) if self.only_trusted => Err(Error::bad_request(
                "only known documents are run here; name one of them by documentId",
            )),
            (None, Some(hash)) => match self.sent.get(&hash) {
                Some(text) => Ok(text.to_string()),
                None => Err(Error::NotPersisted),
            },
            (Some(query), Some(hash)) => {
                if digest::hex(&query) != hash {
                    return Err(Error::bad_request(
                        "extensions.persistedQuery.sha256Hash is not the SHA-256 of query",
                    ));
                }
                self.sent.insert(hash, query.as_str().into());
                Ok(query)
            }
            (Some(query), None) => Ok(query),
        }
    }

    fn by_id(&self, id: &str) -> Result<String, Error> {
        let hash = id.strip_prefix("sha256:").map(str::to_ascii_lowercase);
        let known = self.trusted.get(id).cloned();
        let known = known.or_else(|| self.trusted.get(hash.as_deref()?).cloned());
        let known = known.or_else(|| self.sent.get(hash.as_deref()?));
        match known {
            Some(text) => Ok(text.to_string()),
            None => Err(Error::not_found(format!(
                "documentId: there is no document `{id}` here"
            ))),
        }
    }
}

fn read(path: &Path) -> Result<HashMap<String, Arc<str>>> {
    let text = fs::read_to_string(path)?;
    let manifest: Manifest = serde_json::from_str(&text).context(
        "expected a JSON object with a text for each id, or with a list of operations that have an id and a body",
    )?;
    Ok(match manifest {
        Manifest::Operations { operations } => operations
            .into_iter()
            .map(|operation| (operation.id, operation.body.into()))
            .collect(),
        Manifest::Texts(texts) => texts
            .into_iter()
            .map(|(id, text)| (id, text.into()))
            .collect(),
    })
}
