//! What is shown: the public schema and the answers to questions over it.
//!
//! A document is validated and measured once (`document`), its root fields are planned as one SQL statement
//! each (`plan`, from the declarations of `thing`), and the JSON that the database builds is passed on.

mod answer;
mod argument;
mod campaign;
mod claim;
mod computed;
mod convert;
mod cursor;
mod declarations;
mod document;
mod entity_fields;
mod event;
mod failure;
mod federation;
mod filter;
mod fragment;
mod highlight;
mod issue;
mod limit;
mod lineage;
mod measured;
mod organisation;
mod page;
mod person;
mod pick;
mod place;
mod plan;
mod publication;
mod relation;
mod request;
mod root;
mod schema;
mod scope;
mod search;
mod select;
mod source;
mod sql;
mod statement;
mod suggest;
mod syntax;
mod thing;
mod topic;
mod usage;

use std::sync::Arc;

use apollo_compiler::{
    Name, Schema,
    collections::HashMap,
    executable::Operation,
    introspection,
    request::coerce_variable_values,
    response::{JsonMap, JsonValue},
    schema::Implementers,
    validation::Valid,
};
use moka::sync::Cache;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use serde_json::{Map, Value};
use tracing::Instrument;

use self::{
    answer::{Answer, Refusal},
    declarations::Declarations,
    document::{Ask, Document, Plan, Statement, Values},
    failure::Failure,
    plan::Planner,
    root::RootField,
    sql::Dialect,
};
pub use self::{
    answer::{Outcome, Response},
    fragment::with_fragments,
    limit::Limits,
    measured::{Measured, SECONDS},
    page::PAGE,
    request::{KindAllowed, Prepared, Request},
};
use crate::{
    database::Database,
    error::{Error, Report},
};

/// What costs are counted in.
const COSTS: &str = "values that its answer can hold, by the sizes of its pages";

/// Documents and their plans that are kept, by about the bytes of memory they take.
const DOCUMENT_BYTES: u64 = 128 * 1024 * 1024;

/// The schema together with the database that answers.
pub struct Graph {
    database: DatabaseConnection,
    dialect: Dialect,
    base_url: String,
    declarations: Declarations,
    roots: Vec<RootField>,
    sdl: String,
    revision: String,
    federation: String,
    federation_revision: String,
    /// What is shown.
    schema: Valid<Schema>,
    /// What documents are judged by: what is shown, and what only gateways ask.
    asked: Valid<Schema>,
    implementers: HashMap<Name, Implementers>,
    introspection: String,
    documents: Cache<String, Arc<Document>>,
    limits: Limits,
    /// What is told of its work.
    pub measured: Measured,
}

impl Graph {
    /// Builds the schema over a database.
    ///
    /// # Errors
    ///
    /// Internal, if the declarations do not make a valid schema; a test builds it.
    pub fn new(database: &Database, base_url: String, limits: Limits) -> Result<Self, Error> {
        let declarations = Declarations::new();
        let roots = root::roots();
        let sdl = schema::sdl(&declarations, &roots);
        let federation = schema::federation(&declarations, &roots);
        let read = |sdl: &str| {
            Schema::parse_and_validate(sdl, "schema.graphql")
                .map_err(|broken| Error::internal(anyhow::anyhow!("{}", broken.errors)))
        };
        let schema = read(&sdl)?;
        let asked = read(&schema::asked(&sdl, &declarations))?;
        let implementers = schema.implementers_map();
        let dialect = match database.reader.get_database_backend() {
            DbBackend::Sqlite => Dialect::Sqlite,
            _ => Dialect::Postgres,
        };
        let mut graph = Self {
            database: database.reader.clone(),
            dialect,
            base_url,
            declarations,
            roots,
            revision: schema::revision(&sdl),
            measured: Measured::new(&schema),
            sdl,
            federation_revision: schema::revision(&federation),
            federation,
            schema,
            asked,
            implementers,
            introspection: String::new(),
            documents: Cache::builder()
                .weigher(|text: &String, document: &Arc<Document>| document.weight(text.len()))
                .max_capacity(DOCUMENT_BYTES)
                .build(),
            limits,
        };
        graph.introspection = graph.introspect()?;
        Ok(graph)
    }

    /// The schema in the schema definition language.
    #[must_use]
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// The same as a subgraph of Apollo Federation.
    #[must_use]
    pub fn federation(&self) -> &str {
        &self.federation
    }

    /// Stands for the schema and for the subgraph, as [`revision`](Self::revision) does for the schema alone.
    #[must_use]
    pub fn federation_revision(&self) -> &str {
        &self.federation_revision
    }

    /// The schema, read.
    #[must_use]
    pub fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// Stands for the schema: the same as long as the text is, and the first 12 hexadecimal digits of its SHA-256,
    /// so that whoever has the file can tell.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The answer to the standard introspection query.
    #[must_use]
    pub fn introspection(&self) -> &str {
        &self.introspection
    }

    fn introspect(&self) -> Result<String, Error> {
        let broken = |reports: Vec<Report>| {
            Error::internal(anyhow::anyhow!(
                "introspection: {:?}",
                reports.first().map(|report| &report.message)
            ))
        };
        let document = Document::new(
            &self.schema,
            include_str!("introspection.graphql"),
            &Limits::none(),
        )
        .map_err(broken)?;
        let operation = document.operation(None)?;
        let data = self.introspected(&document, operation, &Valid::assume_valid(JsonMap::new()))?;
        serde_json::to_string(&serde_json::json!({ "data": data })).map_err(Error::internal)
    }

    /// Whether a document is one that can be answered; else the first thing that is wrong with it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let document = self.document(text, &self.limits);
        let wrong = |refusal: Refusal| refusal.reports.into_iter().next();
        document
            .map(|_| ())
            .map_err(|refusal| wrong(refusal).map_or_else(String::new, |report| report.message))
    }

    /// Answers one operation.
    pub async fn execute(&self, request: Request) -> Response {
        match self.prepare(request) {
            Ok(prepared) => self.run(prepared).await,
            Err(refused) => refused,
        }
    }

    /// Answers a question of our own, for which no limit holds that is a setting.
    pub async fn answer_own(&self, request: Request) -> Response {
        match self.ready(request, &Limits::none()) {
            Ok(prepared) => self.answered(prepared).await,
            Err(refusal) => refusal.into(),
        }
    }

    /// How many documents are kept, and about how many bytes they take.
    #[must_use]
    pub fn kept(&self) -> (u64, u64) {
        // Otherwise the latest are not counted yet.
        self.documents.run_pending_tasks();
        (self.documents.entry_count(), self.documents.weighted_size())
    }

    /// Answers what has been made ready, and counts the fields that it asks for.
    pub async fn run(&self, prepared: Prepared) -> Response {
        self.measured.usage.count(&prepared.plan.asked);
        self.answered(prepared).await
    }

    async fn answered(&self, prepared: Prepared) -> Response {
        match self.answer(prepared).await {
            Ok(response) => response,
            Err(error) => Refusal::from(error).into(),
        }
    }

    async fn answer(&self, prepared: Prepared) -> Result<Response, Error> {
        let Prepared {
            document,
            name,
            variables,
            plan,
            values,
            failed,
            marked,
        } = prepared;
        let operation = document.operation(name.as_deref())?;
        let mut answer = Answer::new(failed, marked, plan.cost);
        let introspected = if plan.roots.iter().any(|root| root.ask.is_none()) {
            self.introspected(&document, operation, &variables)?
        } else {
            JsonMap::new()
        };
        let answers = futures_util::future::join_all(plan.roots.iter().zip(values).map(
            async |(root, values)| {
                match &root.ask {
                    Some(ask) => self.ask(ask, values).await,
                    None => Ok(introspected
                        .get(root.key.as_str())
                        .map_or_else(|| "null".to_owned(), ToString::to_string)),
                }
            },
        ))
        .await;
        for (root, json) in plan.roots.iter().zip(answers) {
            answer.add(root, json);
        }
        Ok(answer.finish())
    }

    /// The statements that a request comes to, each with its values, in the order of its root fields; none for
    /// what is refused or needs no statement. Nothing is sent: this is for looking at how the database goes
    /// about a question.
    #[must_use]
    pub fn statements(&self, request: &Request) -> Vec<(String, Vec<sea_orm::Value>)> {
        let planned = || -> Result<_, Refusal> {
            let document = self.document(&request.query, &self.limits)?;
            let operation = document.operation(request.operation_name.as_deref())?;
            let variables = self.variables(operation, request.variables.clone())?;
            let (plan, ..) = self.plan(&document, operation, &variables, &self.limits);
            let mut statements = Vec::new();
            for statement in plan.roots.iter().flat_map(document::Root::statements) {
                statements.push((statement.sql.clone(), statement.values(&variables)?));
            }
            Ok(statements)
        };
        planned().unwrap_or_default()
    }

    fn document(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        if let Some(known) = self.documents.get(text) {
            self.measured.found.inc();
            return Ok(known);
        }
        self.measured.parsed.inc();
        let document = Arc::new(Document::new(&self.asked, text, limits)?);
        self.documents
            .insert(text.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    fn variables(
        &self,
        operation: &Operation,
        given: Map<String, Value>,
    ) -> Result<Valid<JsonMap>, Error> {
        let JsonValue::Object(given) = JsonValue::from(Value::Object(given)) else {
            return Ok(Valid::assume_valid(JsonMap::new()));
        };
        coerce_variable_values(&self.asked, operation, &given)
            .map_err(|error| Error::bad_argument("variables", error.message().to_string()))
    }

    /// Plans every root field. Gives also those that failed, which are null, and the fields in others that did, which
    /// are marked there.
    fn plan(
        &self,
        document: &Document,
        operation: &Operation,
        variables: &JsonMap,
        limits: &Limits,
    ) -> (Arc<Plan>, Vec<Failure>, Vec<Failure>) {
        let mut planner = Planner::new(
            &self.declarations,
            &document.executable,
            self.dialect,
            &self.base_url,
            variables,
            limits.rows,
        );
        let mut selected = select::Selected::new();
        planner.collect_set(
            "Query",
            &operation.selection_set,
            &mut selected,
            &mut Vec::new(),
        );
        let mut roots = Vec::new();
        let mut failed = Vec::new();
        for (key, fields) in selected {
            let Some(field) = fields.first() else {
                continue;
            };
            let ask = planner
                .ask(&self.roots, &self.federation, key, field, &fields)
                .map_err(|failure| failed.push(failure));
            roots.push(document::Root {
                key: key.to_owned(),
                non_null: field.definition.ty.is_non_null(),
                ask: ask.ok().flatten(),
            });
        }
        let asked = self.measured.usage.asked(operation, &document.executable);
        let (plan, marked) = planner.finish(roots, asked);
        (Arc::new(plan), failed, marked)
    }

    async fn ask(&self, ask: &Ask, values: Vec<Values>) -> Result<String, Error> {
        let mut values = values.into_iter();
        let mut next = || values.next().unwrap_or_default();
        let json = match ask {
            Ask::One(statement) => self.row(statement, next()).await?,
            Ask::Paths(paths) => paths.find(self, next(), next(), next()).await?,
            Ask::Service(service) => return Ok(service.answer(&self.federation)),
        };
        if computed::draws(&json) {
            // Drawing takes long enough to keep others waiting.
            let drawn = tokio::task::spawn_blocking(|| computed::compute(json));
            return drawn.await.map_err(Error::internal)?;
        }
        computed::compute(json)
    }

    /// The JSON that a statement gives.
    async fn row(&self, statement: &Statement, values: Values) -> Result<String, Error> {
        let backend = self.database.get_database_backend();
        let statement =
            sea_orm::Statement::from_sql_and_values(backend, statement.sql.as_str(), values);
        let _under_way = self.measured.statement();
        let span = tracing::info_span!(
            target: "telemetry",
            "SELECT",
            otel.kind = "client",
            db.operation.name = "SELECT",
            db.system.name = self.dialect.name(),
        );
        let row = self.database.query_one_raw(statement).instrument(span);
        let row = row.await?;
        let json: Option<String> = match row {
            Some(row) => row.try_get_by_index(0).map_err(Error::internal)?,
            None => None,
        };
        Ok(json.unwrap_or_else(|| "null".to_owned()))
    }

    fn introspected(
        &self,
        document: &Document,
        operation: &Operation,
        variables: &Valid<JsonMap>,
    ) -> Result<JsonMap, Error> {
        let refused = |error: apollo_compiler::request::RequestError| {
            Error::validation(error.message().to_string())
        };
        introspection::check_max_depth(&document.executable, operation).map_err(refused)?;
        let response = introspection::partial_execute(
            &self.schema,
            &self.implementers,
            &document.executable,
            operation,
            variables,
        )
        .map_err(refused)?;
        Ok(response.data.unwrap_or_default())
    }
}
