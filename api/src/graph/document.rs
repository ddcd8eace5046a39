//! Documents: parsed, validated and measured once, then kept with the plans made for them.

use std::sync::{Arc, RwLock};

use apollo_compiler::{
    ExecutableDocument, Schema, ast,
    executable::Operation,
    parser::{LineColumn, Parser},
    response::JsonMap,
    validation::{DiagnosticList, Valid},
};
use indexmap::IndexMap;

use super::{
    argument::{Parameter, Read},
    convert::Bound,
    federation::Service,
    limit::{Limits, RECURSION},
    lineage::Paths,
    sql::Dialect,
    suggest, syntax,
};
use crate::{
    error::{Error, Report},
    write::text::squeeze,
};

/// Plans kept for one document: one for each shape that its variables give.
const PLANS: usize = 16;

/// Mistakes in one document that are told.
const TOLD: usize = 100;

/// What a byte of a document's text comes to in memory, parsed.
const TEXT_WEIGHT: usize = 20;
/// What a parameter, or a read of the variables, takes.
const BOUND_WEIGHT: usize = 200;

pub struct Document {
    pub executable: Valid<ExecutableDocument>,
    plans: RwLock<Vec<(Option<String>, Arc<Plan>)>>,
}

/// The statements of one operation, for all requests that answer its reads alike.
pub struct Plan {
    pub reads: Vec<Read>,
    /// In the order of the answer.
    pub roots: Vec<Root>,
    /// How many values the answer can hold, by the sizes of its pages; those of an interface count for each type
    /// behind it.
    pub cost: u64,
    /// The fields and arguments that are counted when it is run.
    pub asked: Box<[usize]>,
}

/// One root field of a plan.
pub struct Root {
    pub key: String,
    pub non_null: bool,
    /// None for introspection, and for what failed.
    pub ask: Option<Ask>,
}

/// What a root field asks of the database.
#[derive(Clone, Debug)]
pub enum Ask {
    One(Statement),
    Paths(Box<Paths>),
    /// Nothing: the answer follows from the declarations.
    Service(Service),
}

impl Ask {
    pub fn statements(&self) -> Vec<&Statement> {
        match self {
            Self::One(statement) => vec![statement],
            Self::Paths(paths) => vec![&paths.ends, &paths.around, &paths.answer],
            Self::Service(_) => Vec::new(),
        }
    }
}

impl Root {
    /// The statements that can be sent for it.
    pub fn statements(&self) -> Vec<&Statement> {
        self.ask.as_ref().map(Ask::statements).unwrap_or_default()
    }
}

/// What the parameters of a statement stand for.
pub type Values = Vec<sea_orm::Value>;

/// A statement and what fills its parameters.
#[derive(Clone, Debug)]
pub struct Statement {
    pub sql: String,
    pub parameters: Vec<Parameter>,
    /// What no selected field needs: its value is checked and not sent.
    pub unsent: Vec<Parameter>,
}

impl Statement {
    /// A connection prepares a text once, with the number and types of the parameters that came with it. Arguments
    /// of what is not selected stand in no text, so they must not change what a text is sent with.
    pub fn new(sql: String, bound: Vec<Parameter>, dialect: Dialect) -> Self {
        let named = dialect.named(&sql);
        let last = named.last().copied().unwrap_or_default();
        let (mut parameters, mut unsent) = (Vec::with_capacity(last), Vec::new());
        for (index, parameter) in bound.into_iter().enumerate() {
            let known = named.contains(&(index + 1));
            if index < last {
                let placeholder = Parameter::Known(Bound::Bool(false));
                parameters.push(if known {
                    parameter.clone()
                } else {
                    placeholder
                });
            }
            if !known {
                unsent.push(parameter);
            }
        }
        Self {
            sql,
            parameters,
            unsent,
        }
    }

    /// What its parameters stand for in one request.
    pub fn values(&self, variables: &JsonMap) -> Result<Values, Error> {
        for parameter in &self.unsent {
            parameter.fill(variables)?;
        }
        self.parameters
            .iter()
            .map(|parameter| parameter.fill(variables).map(sea_orm::Value::from))
            .collect()
    }
}

impl Plan {
    pub fn new(reads: Vec<Read>, roots: Vec<Root>, cost: u64, asked: Box<[usize]>) -> Self {
        Self {
            reads,
            roots,
            cost,
            asked,
        }
    }

    /// About how many bytes of memory it takes.
    fn weight(&self) -> usize {
        let statements = self.roots.iter().flat_map(Root::statements);
        let statements = statements.map(|statement| {
            let bound = statement.parameters.len() + statement.unsent.len();
            statement.sql.len() + bound * BOUND_WEIGHT
        });
        let asked = size_of_val(&*self.asked);
        statements.sum::<usize>() + self.reads.len() * BOUND_WEIGHT + asked
    }

    /// The values of each root field's statements, from one request's variables.
    pub fn values(&self, variables: &JsonMap) -> Result<Vec<Vec<Values>>, Error> {
        self.roots
            .iter()
            .map(|root| {
                let statements = root.statements().into_iter();
                statements.map(|it| it.values(variables)).collect()
            })
            .collect()
    }
}

impl Document {
    /// Parses, validates and measures.
    pub fn new(schema: &Valid<Schema>, text: &str, limits: &Limits) -> Result<Self, Vec<Report>> {
        let refused = |error: Error| vec![error.report()];
        let ast = parse(text, limits)?;
        syntax::check(text, limits.tokens, RECURSION).map_err(|report| vec![report])?;
        limits.check_written(&ast).map_err(refused)?;
        let executable = ast.to_executable_validate(schema).map_err(|errors| {
            let known = limits.suggestions.then_some(schema);
            reports(&errors.errors, Error::validation, known)
        })?;
        limits.check_meant(&executable).map_err(refused)?;
        Ok(Self {
            executable,
            plans: RwLock::default(),
        })
    }

    /// The operation that a request names, or the only one.
    pub fn operation(&self, name: Option<&str>) -> Result<&Operation, Error> {
        self.executable
            .operations
            .get(name)
            .map(|operation| &**operation)
            .map_err(|error| {
                Error::bad_request(match name {
                    Some(name) => format!("operationName: the document has no operation `{name}`"),
                    None => format!("operationName: {}", error.message()),
                })
            })
    }

    /// The plan made earlier that serves these variables, if there is one.
    pub fn plan(&self, operation: Option<&str>, variables: &JsonMap) -> Option<Arc<Plan>> {
        let plans = self.plans.read().ok()?;
        plans
            .iter()
            .find(|(name, plan)| {
                name.as_deref() == operation && plan.reads.iter().all(|read| read.holds(variables))
            })
            .map(|(_, plan)| Arc::clone(plan))
    }

    /// About how many bytes of memory it takes, its plans included, when it was made of so much text.
    pub fn weight(&self, text: usize) -> u32 {
        let plans = self
            .plans
            .read()
            .map_or(0, |plans| plans.iter().map(|(_, plan)| plan.weight()).sum());
        u32::try_from(text * TEXT_WEIGHT + plans).unwrap_or(u32::MAX)
    }

    pub fn keep(&self, operation: Option<&str>, plan: &Arc<Plan>) {
        if let Ok(mut plans) = self.plans.write() {
            if plans.len() >= PLANS {
                plans.remove(0);
            }
            plans.push((operation.map(str::to_owned), Arc::clone(plan)));
        }
    }
}

/// A text as a document, as far as it is no longer than may be.
fn parse(text: &str, limits: &Limits) -> Result<ast::Document, Vec<Report>> {
    let bytes = (text.len() as u64, limits.bytes as u64);
    if bytes.0 > bytes.1 {
        let message = format!(
            "the document has {} bytes; at most {} are allowed",
            bytes.0, bytes.1
        );
        let error = Error::exceeded("document_limit", bytes.1, Some(bytes.0), message);
        return Err(vec![error.report()]);
    }
    let mut parser = parser(limits);
    parser.parse_ast(text, "document").map_err(|broken| {
        let tokens = limits.tokens as u64;
        let (limit, allowed, message) = if parser.tokens_reached() > limits.tokens {
            let message = format!("the document has more than {tokens} tokens; that is the most");
            ("token_limit", tokens, message)
        } else if parser.recursion_reached() > RECURSION {
            let message = format!("the document nests deeper than {RECURSION} levels");
            ("depth_limit", RECURSION as u64, message)
        } else {
            return reports(&broken.errors, Error::parse, None);
        };
        vec![Error::exceeded(limit, allowed, None, message).report()]
    })
}

fn parser(limits: &Limits) -> Parser {
    Parser::new()
        .token_limit(limits.tokens)
        .recursion_limit(RECURSION)
}

/// Whether a text that may not be valid holds an operation other than a query.
pub fn writes(text: &str, limits: &Limits) -> bool {
    let document = parser(limits)
        .parse_ast(text, "document")
        .unwrap_or_else(|broken| broken.partial);
    document.definitions.iter().any(|definition| {
        matches!(definition, ast::Definition::OperationDefinition(operation) if operation.operation_type != ast::OperationType::Query)
    })
}

/// What is wrong, each mistake once with all its places. `suggesting`: with what was probably meant by names that this
/// schema does not have.
fn reports(
    errors: &DiagnosticList,
    error: impl Fn(String) -> Error,
    suggesting: Option<&Valid<Schema>>,
) -> Vec<Report> {
    let mut mistakes = IndexMap::<String, (String, Vec<LineColumn>)>::new();
    for diagnostic in errors.iter().take(TOLD) {
        let shown = diagnostic.to_json();
        // One line: what is wrong, without the drawing of the document.
        let message = squeeze(&shown.message);
        let (_, places) = mistakes.entry(message).or_insert_with_key(|message| {
            let refusal = diagnostic.error.unstable_error_name();
            let meant = suggesting.map(|schema| suggest::meant(schema, refusal, message));
            (meant.unwrap_or_default(), Vec::new())
        });
        for place in shown.locations {
            // The parser meets a text that ends too early once for each level that is open.
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let reports = mistakes.into_iter().map(|(message, (meant, places))| {
        let places = places.into_iter();
        places.fold(error(message + &meant).report(), |report, place| {
            report.at(place.line, place.column)
        })
    });
    reports.collect()
}
