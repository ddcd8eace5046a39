//! What clients are told of the schema beside its types: what a scalar's text looks like, what will go and when,
//! and whether the schema is still the one that they were written against.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use apollo_compiler::{
    Schema,
    schema::{DirectiveList, ExtendedType},
};
use sha2::{Digest, Sha256};
use tests::{On, World, site::Site};

use super::report;

async fn site() -> Site {
    Site::new(World::empty(On::Sqlite).await.unwrap())
}

#[tokio::test]
async fn every_scalar_of_ours_is_specified() {
    let site = site().await;
    let mut count = 0;
    for ty in site.world.graph.schema().types.values() {
        if let ExtendedType::Scalar(scalar) = ty
            && !scalar.is_built_in()
        {
            count += 1;
            let specified = scalar.directives.get("specifiedBy");
            let url = specified.and_then(|it| it.specified_argument_by_name("url"));
            let url = url.and_then(|url| url.as_str()).unwrap_or_default();
            assert!(url.starts_with("https://"), "{}: {url}", scalar.name);
        }
    }
    assert_eq!(count, 4);
}

/// What is deprecated without saying why and until when it is kept, as in "Use that one. Kept until 2027-06-01."
fn silent_deprecations(schema: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    let mut look = |at: String, directives: &DirectiveList| {
        let Some(deprecated) = directives.get("deprecated") else {
            return;
        };
        let reason = deprecated.specified_argument_by_name("reason");
        let reason = reason.and_then(|it| it.as_str()).unwrap_or_default();
        let (why, until) = reason.split_once(" Kept until ").unwrap_or_default();
        let until = until.strip_suffix('.').unwrap_or_default();
        let dated = until.len() == 10 && until.parse::<chrono::NaiveDate>().is_ok();
        if !why.ends_with('.') || !dated {
            faults.push(format!("{at}: {reason:?}"));
        }
    };
    for (name, ty) in &schema.types {
        let fields = match ty {
            ExtendedType::Object(of) => &of.fields,
            ExtendedType::Interface(of) => &of.fields,
            ExtendedType::InputObject(of) => {
                for (field, of) in &of.fields {
                    look(format!("{name}.{field}"), &of.directives);
                }
                continue;
            }
            ExtendedType::Enum(of) => {
                for (value, of) in &of.values {
                    look(format!("{name}.{value}"), &of.directives);
                }
                continue;
            }
            ExtendedType::Scalar(_) | ExtendedType::Union(_) => continue,
        };
        for (field, of) in fields {
            look(format!("{name}.{field}"), &of.directives);
            for argument in &of.arguments {
                let at = format!("{name}.{field}({}:)", argument.name);
                look(at, &argument.directives);
            }
        }
    }
    faults
}

#[tokio::test]
async fn what_is_deprecated_says_why_and_until_when() {
    report(&silent_deprecations(site().await.world.graph.schema()));
}

#[test]
fn a_deprecation_without_a_reason_or_a_date_is_found() {
    let text = r#"
        type Query {
          told: Int @deprecated(reason: "Use `new`. Kept until 2027-06-01.")
          bare: Int @deprecated
          undated: Int @deprecated(reason: "Use `new`.")
          impossible: Int @deprecated(reason: "Use `new`. Kept until 2027-02-30.")
          unexplained(by: Int @deprecated(reason: "Kept until 2027-06-01.")): Kind
          taking(of: Input): Int
        }
        enum Kind { A @deprecated B }
        input Input { a: Int @deprecated }
    "#;
    let schema = Schema::parse_and_validate(text, "schema.graphql").unwrap();
    let found: Vec<String> = silent_deprecations(&schema)
        .iter()
        .map(|fault| fault.split(": ").next().unwrap().to_owned())
        .collect();
    let expected = [
        "Query.bare",
        "Query.undated",
        "Query.impossible",
        "Query.unexplained(by:)",
        "Kind.A",
        "Input.a",
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn the_revision_of_the_schema_is_with_every_answer() {
    let site = site().await;
    let file = site.get("/schema.graphql").await;
    let digest = Sha256::digest(&file.text);
    let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let revision = &digits.concat()[..12];
    let accept = axum::http::header::ACCEPT;
    for (method, path, media, status) in [
        ("GET", "/schema.graphql", "*/*", 200),
        ("GET", "/schema.json", "*/*", 200),
        ("GET", "/schema.federation.graphql", "*/*", 200),
        ("GET", "/graphql?query={__typename}", "*/*", 200),
        (
            "GET",
            "/graphql?query={nothing}",
            "application/graphql-response+json",
            400,
        ),
        ("GET", "/graphql", "*/*", 400),
        ("GET", "/graphql?query={__typename}", "image/png", 406),
        ("PUT", "/graphql", "*/*", 405),
        ("POST", "/graphql", "*/*", 415),
    ] {
        let answer = site.ask(method, path, &[(accept.clone(), media)]).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(
            answer.header("x-schema-revision"),
            revision,
            "{method} {path}"
        );
    }
    let other = site.get("/healthz").await;
    assert_eq!(other.header("x-schema-revision"), "");
}
