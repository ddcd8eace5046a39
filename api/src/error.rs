//! The one error type, sorted by whose fault it is, and the closed set of codes a client can meet.
//!
//! Messages are lower case, without a full stop, and name what is wrong, where, and what would be right.
//! The text of [`Error::Internal`] goes to the log with its causes and never to a client.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

/// `Result` with [`Error`], for everything that answers a client.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every code that an error can have.
pub const CODES: [&str; 10] = [
    "BAD_REQUEST",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT",
    "NOT_FOUND",
    "PERSISTED_QUERY_NOT_FOUND",
    "CONFLICT",
    "LIMIT_EXCEEDED",
    "TIMEOUT",
    "INTERNAL_ERROR",
];

/// Why a request, or a part of it, has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The client's: it is not a GraphQL-over-HTTP request (`BAD_REQUEST`).
    #[error("{message}")]
    BadRequest { message: String },
    /// The client's: the document cannot be read as GraphQL (`GRAPHQL_PARSE_FAILED`).
    #[error("{message}")]
    Parse { message: String },
    /// The client's: the document can be read but does not fit the schema (`GRAPHQL_VALIDATION_FAILED`).
    #[error("{message}")]
    Validation { message: String },
    /// The client's: a variable or an argument has a value that cannot be used (`BAD_USER_INPUT`).
    #[error("{}{message}", argument.as_ref().map(|name| format!("{name}: ")).unwrap_or_default())]
    BadInput {
        message: String,
        argument: Option<String>,
    },
    /// The client's: what it names does not exist (`NOT_FOUND`). Looking up one thing gives null instead.
    #[error("{message}")]
    NotFound { message: String },
    /// Nobody's: a document is named that is not known, or not any more (`PERSISTED_QUERY_NOT_FOUND`). Clients wait for
    /// these words, and send the document.
    #[error("PersistedQueryNotFound")]
    NotPersisted,
    /// Nobody's: what was asked for contradicts what is stored (`CONFLICT`).
    #[error("{message}")]
    Conflict { message: String },
    /// The client's: it asked for more than one request may have (`LIMIT_EXCEEDED`).
    #[error("{message}")]
    Limit {
        message: String,
        exceeded: Option<Exceeded>,
    },
    /// Either's: the answer took too long and was given up (`TIMEOUT`).
    #[error("no answer within {} s; ask for less at once, or try again", after.as_secs_f32())]
    Timeout { after: Duration },
    /// Either's: the database took too long and was stopped (`TIMEOUT`).
    #[error("the answer took too long to find; ask for less at once, or try again")]
    Stopped,
    /// Ours (`INTERNAL_ERROR`).
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    pub fn bad_request(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::BadRequest { message }
    }

    pub fn parse(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Parse { message }
    }

    pub fn validation(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Validation { message }
    }

    pub fn bad_input(message: impl Into<String>) -> Self {
        Self::BadInput {
            message: message.into(),
            argument: None,
        }
    }

    /// Bad input that one argument is to blame for; its name stands before the message and in the extensions.
    pub fn bad_argument(argument: impl Into<String>, message: impl Into<String>) -> Self {
        Self::BadInput {
            message: message.into(),
            argument: Some(argument.into()),
        }
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::NotFound { message }
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Conflict { message }
    }

    pub fn limit(message: impl Into<String>) -> Self {
        Self::Limit {
            message: message.into(),
            exceeded: None,
        }
    }

    /// More than one of the limits that are settings allows; `asked` is how much, where that was counted to the end.
    pub fn exceeded(
        name: &'static str,
        allowed: u64,
        asked: Option<u64>,
        message: impl Into<String>,
    ) -> Self {
        Self::Limit {
            message: message.into(),
            exceeded: Some(Exceeded {
                name,
                allowed,
                asked,
            }),
        }
    }

    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }

    /// What stands in `extensions.code`. The set is closed ([`CODES`]): a client may match on it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadRequest { .. } => "BAD_REQUEST",
            Self::Parse { .. } => "GRAPHQL_PARSE_FAILED",
            Self::Validation { .. } => "GRAPHQL_VALIDATION_FAILED",
            Self::BadInput { .. } => "BAD_USER_INPUT",
            Self::NotFound { .. } => "NOT_FOUND",
            Self::NotPersisted => "PERSISTED_QUERY_NOT_FOUND",
            Self::Conflict { .. } => "CONFLICT",
            Self::Limit { .. } => "LIMIT_EXCEEDED",
            Self::Timeout { .. } | Self::Stopped => "TIMEOUT",
            Self::Internal(_) => "INTERNAL_ERROR",
        }
    }

    /// Whether errors of this code are for the client to mend.
    #[must_use]
    pub fn is_of_client(code: &str) -> bool {
        !matches!(code, "INTERNAL_ERROR" | "TIMEOUT")
    }

    /// Whether errors of this code say that something does not exist.
    #[must_use]
    pub fn is_missing(code: &str) -> bool {
        code == "NOT_FOUND"
    }

    /// The error as GraphQL shows it. It takes the error, so that an internal one is logged exactly once;
    /// the request's id is in the span around the call.
    #[must_use]
    pub fn report(self) -> Report {
        if let Self::Internal(cause) = &self {
            tracing::error!(cause = format!("{cause:#}"), "internal error");
        }
        let (message, code) = (self.to_string(), self.code());
        let (argument, limit) = match self {
            Self::BadInput { argument, .. } => (argument, None),
            Self::Limit { exceeded, .. } => (None, exceeded),
            _ => (None, None),
        };
        Report {
            message,
            locations: Vec::new(),
            path: Vec::new(),
            extensions: Extensions {
                code,
                argument,
                limit: limit.map(Box::new),
            },
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        Self::Internal(cause)
    }
}

/// One member of `errors` in a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Response names and list indices, from the root to the field that failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Value>,
    pub extensions: Extensions,
}

impl Report {
    /// Where in the document; lines and columns count from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.locations.push(Location { line, column });
        self
    }

    #[must_use]
    pub fn on(mut self, path: Vec<Value>) -> Self {
        self.path = path;
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extensions {
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Box<Exceeded>>,
}

/// A limit that a request goes beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Exceeded {
    /// The setting that it is.
    pub name: &'static str,
    /// The most that is allowed.
    pub allowed: u64,
    /// What the request comes to; none: it was not counted to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<u64>,
}
