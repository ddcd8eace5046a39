//! The graph as plain JSON at addresses: what is there, what it is asked with, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod described;
mod form;
mod refused;
mod told;

use serde_json::Value;
use tests::{On, World, site::Page, site::Site};

const ROOT: &str = "/api/v1";

async fn small(on: On) -> Site {
    Site::new(World::small(on).await.unwrap())
}

/// What stands at a path under the root.
async fn get(site: &Site, path: &str) -> Page {
    site.get(&format!("{ROOT}{path}")).await
}

async fn found(site: &Site, path: &str) -> Value {
    let page = get(site, path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.text);
    page.json()
}

/// The slugs of a page's items.
fn slugs(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["slug"].as_str().unwrap().to_owned())
        .collect()
}

/// The path of the address that stands in this relation to a page, under the root.
fn link(page: &Page, relation: &str) -> Option<String> {
    let lines = page.headers.get_all("link").iter();
    let all = lines.flat_map(|line| line.to_str().unwrap().split(", "));
    let ending = format!(">; rel=\"{relation}\"");
    let mut met = all.filter_map(|link| Some(link.split_once(&ending)?.0));
    let start = format!("<{}{ROOT}", tests::BASE_URL);
    met.next()
        .map(|link| link.strip_prefix(&start).unwrap().to_owned())
}

/// A value as a part of an address.
fn encoded(text: &str) -> String {
    let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
    bytes.collect::<Vec<_>>().concat()
}
