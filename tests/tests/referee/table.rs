//! Where each public field comes from, stated a second time and independently of the declarations: written by
//! hand over SeaORM's rows. A field that is not found here fails the referee by its name.

/// Where a field's value comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A column as it stands.
    Column(String),
    /// The columns of a historical date.
    Date(String),
    /// The columns `<..>_value` and `<..>_text`.
    Quantity(&'static str),
    /// What a column refers to, as a public type.
    One(&'static str, &'static str),
    /// The entity that a column refers to.
    Entity(&'static str),
    List(Rows),
    Page(Page),
    /// The address of the entity.
    Url,
}

/// Rows that belong to a parent row.
#[derive(Clone, Debug)]
pub struct Rows {
    pub ty: &'static str,
    pub which: Which,
    /// A column and the value it must have.
    pub only: Option<(&'static str, &'static str)>,
    /// Columns, `-` in front of descending ones, `joined.` in front of those of the joined row; ids follow.
    pub order: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    /// The column holds the parent's id.
    By(&'static str),
    /// A row of this table joins the parent (first column) and the row (second column).
    Through(&'static str, &'static str, &'static str),
    /// The claims on a lineage link's event, as a whole or on the two parts in it.
    OfLink,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Rows,
    /// A column of the row, and the table in which it must lead somewhere.
    pub joined: Option<(&'static str, &'static str)>,
    /// What the nodes are, where they are not the rows themselves.
    pub node: Option<(&'static str, &'static str)>,
}

/// The five entities.
pub const ENTITIES: [&str; 5] = ["Organisation", "Person", "Campaign", "Publication", "Event"];

/// The types that other tests look at: of questions that follow links to any depth, which are compared with another
/// library's graphs, and of issues, which are compared with what the command line says.
pub const LEFT_OUT: [&str; 10] = [
    "KinConnection",
    "KinEdge",
    "Lineage",
    "LineageNode",
    "Path",
    "PathStep",
    "CommonAncestor",
    "Issue",
    "IssueConnection",
    "IssueEdge",
];

/// Fields that show the column of the same name in snake case.
#[rustfmt::skip]
const COLUMNS: [(&str, &str); 22] = [
    ("Organisation", "slug name summary revision abbreviation kind status position leadership logo website"),
    ("Person", "slug name summary revision"),
    ("Campaign", "slug name summary revision"),
    ("Publication", "slug name summary revision subtitle kind frequency format colour free language editorialFocus isbn issn"),
    ("Event", "slug name summary revision kind outcome reason"),
    ("LineageLink", "kind reason status"),
    ("Membership", "role post status"),
    ("Participation", "description role post status note"),
    ("Affiliation", "kind status"),
    ("Authorship", "role status"),
    ("Publishing", "status"),
    ("Classification", "status"),
    ("Name", "text kind language preferred"),
    ("ExternalId", "scheme value url"),
    ("Place", "slug name kind code street postcode"),
    ("Country", "slug code name"),
    ("PlacePeriod", "role note status"),
    ("Topic", "slug name kind"),
    ("Statement", "kind attitude text holder status"),
    ("Claim", "property value rank status locator quote note recordedBy recordedAt"),
    ("Revision", "number author reason recordedAt content"),
    ("Source", "slug title kind author publisher url licence language text"),
];

const DATES: [(&str, &str); 13] = [
    ("Organisation", "founded dissolved"),
    ("Person", "born died"),
    ("Campaign", "started ended"),
    ("Publication", "published ceased"),
    ("Event", "date"),
    ("LineageLink", "date"),
    ("Membership", "start end"),
    ("Participation", "start end"),
    ("Affiliation", "start end"),
    ("Name", "start end"),
    ("PlacePeriod", "start end"),
    ("Statement", "date fulfilled"),
    ("Source", "published accessed"),
];

/// Types without a public id.
const WITHOUT_ID: [&str; 3] = ["ExternalId", "Country", "Revision"];

fn listed(table: &[(&str, &str)], ty: &str, field: &str) -> bool {
    table
        .iter()
        .any(|(of, fields)| *of == ty && fields.split(' ').any(|name| name == field))
}

pub fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut snake, letter| {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
        snake
    })
}

/// The table behind a public type.
pub fn table_of(ty: &str) -> String {
    match ty {
        "Country" => "place".to_owned(),
        ty => snake(ty),
    }
}

/// The public type of a row of a table, and none for tables that are not shown.
pub fn type_of(table: &str) -> Option<&'static str> {
    COLUMNS
        .iter()
        .map(|(ty, _)| *ty)
        .find(|ty| *ty != "Country" && snake(ty) == table)
}

const fn rows(ty: &'static str, which: Which, order: &'static [&'static str]) -> Rows {
    Rows {
        ty,
        which,
        only: None,
        order,
    }
}

impl Rows {
    fn only(mut self, column: &'static str, value: &'static str) -> Self {
        self.only = Some((column, value));
        self
    }
    fn list(self) -> Origin {
        Origin::List(self)
    }
    fn page(self) -> Origin {
        Origin::Page(Page {
            rows: self,
            joined: None,
            node: None,
        })
    }
    fn joined(self, column: &'static str, table: &'static str) -> Origin {
        Origin::Page(Page {
            rows: self,
            joined: Some((column, table)),
            node: None,
        })
    }
    fn leading(self, column: &'static str, ty: &'static str) -> Origin {
        Origin::Page(Page {
            rows: self,
            joined: None,
            node: Some((column, ty)),
        })
    }
}

fn statements(kind: &'static str) -> Origin {
    rows("Statement", By("node_id"), &["ordinal"])
        .only("kind", kind)
        .list()
}

fn link(this: &'static str, other: &'static str, kind: &'static str) -> Origin {
    let links = rows("LineageLink", By(this), &["date_order"]);
    let links = if kind.is_empty() {
        links
    } else {
        links.only("kind", kind)
    };
    links.leading(other, "Organisation")
}

const CLAIMS: &[&str] = &["property", "-rank", "ordinal"];

use Which::{All, By, OfLink, Through};

/// Where a field comes from; none: nobody has said.
pub fn origin(ty: &str, field: &str) -> Option<Origin> {
    if listed(&COLUMNS, ty, field) {
        return Some(Origin::Column(snake(field)));
    }
    if listed(&DATES, ty, field) {
        return Some(Origin::Date(snake(field)));
    }
    if field == "id" && !WITHOUT_ID.contains(&ty) && type_of(&table_of(ty)).is_some() {
        return Some(Origin::Column("public_id".to_owned()));
    }
    if ENTITIES.contains(&ty)
        && let Some(origin) = of_entity(field)
    {
        return Some(origin);
    }
    if field == "claims" {
        return match ty {
            "LineageLink" => Some(rows("Claim", OfLink, CLAIMS).list()),
            "Source" => Some(rows("Claim", By("source_id"), &[]).page()),
            "Membership" | "Participation" | "Affiliation" | "Authorship" | "Publishing"
            | "Classification" | "Name" | "PlacePeriod" | "Statement" => {
                Some(rows("Claim", By("about_id"), CLAIMS).list())
            }
            _ => None,
        };
    }
    match ty {
        "Query" => root(field),
        "Organisation" => organisation(field),
        "Person" => person(field),
        "Campaign" => campaign(field),
        "Publication" => publication(field),
        "Event" => event(field),
        _ => between(ty, field),
    }
}

fn of_entity(field: &str) -> Option<Origin> {
    Some(match field {
        "names" => rows("Name", By("node_id"), &["-preferred", "ordinal"]).list(),
        "externalIds" => rows("ExternalId", By("node_id"), &["scheme"]).list(),
        "claims" => rows("Claim", By("subject_id"), CLAIMS).list(),
        "statements" => rows("Statement", By("node_id"), &["ordinal"]).list(),
        "history" => rows("Revision", By("node_id"), &["-number"]).page(),
        "url" => Origin::Url,
        _ => return None,
    })
}

fn root(field: &str) -> Option<Origin> {
    Some(match field {
        "organisations" => rows("Organisation", All, &["name_folded"]).page(),
        "people" => rows("Person", All, &["name_folded"]).page(),
        "campaigns" => rows("Campaign", All, &["name_folded"]).page(),
        "publications" => rows("Publication", All, &["name_folded"]).page(),
        "events" => rows("Event", All, &["date_order"]).page(),
        "sources" => rows("Source", All, &["title"]).page(),
        "places" => rows("Place", All, &["name_folded"]).page(),
        "topics" => rows("Topic", All, &["name_folded"]).page(),
        _ => return None,
    })
}

fn organisation(field: &str) -> Option<Origin> {
    let topics = Through("classification", "node_id", "topic_id");
    let works = Through("publishing", "organisation_id", "publication_id");
    let parts = By("participant_id");
    Some(match field {
        "country" => Origin::One("country_id", "Country"),
        "headquarters" => Origin::One("headquarters_id", "Place"),
        "newspaper" => Origin::One("newspaper_id", "Publication"),
        "places" => rows("PlacePeriod", By("organisation_id"), &["ordinal"]).list(),
        "ideologies" => rows("Topic", topics, &["name"])
            .only("kind", "IDEOLOGY")
            .list(),
        "classifications" => rows("Classification", By("node_id"), &["ordinal"]).list(),
        "objectives" => statements("OBJECTIVE"),
        "stances" => statements("STANCE"),
        "purposes" => statements("PURPOSE"),
        "splitFrom" => link("successor_id", "predecessor_id", "SPLIT_FROM"),
        "splits" => link("predecessor_id", "successor_id", "SPLIT_FROM"),
        "mergedInto" => link("predecessor_id", "successor_id", "MERGED_INTO"),
        "mergedFrom" => link("successor_id", "predecessor_id", "MERGED_INTO"),
        "dissolvedInto" => link("predecessor_id", "successor_id", "DISSOLVED_INTO"),
        "dissolvedFrom" => link("successor_id", "predecessor_id", "DISSOLVED_INTO"),
        "predecessors" => link("successor_id", "predecessor_id", ""),
        "successors" => link("predecessor_id", "successor_id", ""),
        "affiliations" => rows("Affiliation", By("member_id"), &["start_order"]).page(),
        "affiliates" => rows("Affiliation", By("body_id"), &["start_order"]).page(),
        "people" => rows("Membership", By("organisation_id"), &["start_order"]).page(),
        "publications" => rows("Publication", works, &["published_order"]).page(),
        "publishings" => rows("Publishing", By("organisation_id"), &["ordinal"]).list(),
        "campaigns" => {
            rows("Participation", parts, &["joined.name_folded"]).joined("context_id", "campaign")
        }
        "events" => {
            rows("Participation", parts, &["joined.date_order"]).joined("context_id", "event")
        }
        _ => return None,
    })
}

fn person(field: &str) -> Option<Origin> {
    let works = Through("authorship", "person_id", "publication_id");
    let parts = By("participant_id");
    Some(match field {
        "organisations" => rows("Membership", By("person_id"), &["start_order"]).page(),
        "campaigns" => {
            rows("Participation", parts, &["joined.name_folded"]).joined("context_id", "campaign")
        }
        "events" => {
            rows("Participation", parts, &["joined.date_order"]).joined("context_id", "event")
        }
        "publications" => rows("Publication", works, &["published_order"]).page(),
        "authorships" => rows("Authorship", By("person_id"), &["ordinal"]).list(),
        _ => return None,
    })
}

fn campaign(field: &str) -> Option<Origin> {
    let acted = Through("participation", "participant_id", "context_id");
    let topics = Through("classification", "node_id", "topic_id");
    Some(match field {
        "aims" => statements("AIM"),
        "topics" => rows("Topic", topics, &["name"]).list(),
        "classifications" => rows("Classification", By("node_id"), &["ordinal"]).list(),
        "parent" => Origin::One("parent_id", "Campaign"),
        "organisation" => Origin::One("organisation_id", "Organisation"),
        "subcampaigns" => rows("Campaign", By("parent_id"), &["name_folded"]).page(),
        "participants" => rows("Participation", By("context_id"), &["ordinal"]).page(),
        "events" => rows("Event", acted, &["date_order"]).page(),
        _ => return None,
    })
}

fn publication(field: &str) -> Option<Origin> {
    let publishers = Through("publishing", "publication_id", "organisation_id");
    let authors = Through("authorship", "publication_id", "person_id");
    let topics = Through("classification", "node_id", "topic_id");
    Some(match field {
        "title" => Origin::Column("name".to_owned()),
        "publishers" => rows("Organisation", publishers, &["name_folded"]).page(),
        "publishings" => rows("Publishing", By("publication_id"), &["ordinal"]).list(),
        "authors" => rows("Person", authors, &["name_folded"]).page(),
        "authorships" => rows("Authorship", By("publication_id"), &["ordinal"]).list(),
        "topics" => rows("Topic", topics, &["name"]).list(),
        "classifications" => rows("Classification", By("node_id"), &["ordinal"]).list(),
        "reception" => statements("RECEPTION"),
        _ => return None,
    })
}

fn event(field: &str) -> Option<Origin> {
    let earlier = Through("event_order", "later_id", "earlier_id");
    let later = Through("event_order", "earlier_id", "later_id");
    Some(match field {
        "place" => Origin::One("place_id", "Place"),
        "attendance" => Origin::Quantity("attendance"),
        "occurrences" => Origin::Quantity("occurrences"),
        "participants" => rows("Participation", By("context_id"), &["ordinal"]).page(),
        "links" => rows("LineageLink", By("event_id"), &[]).list(),
        "before" => rows("Event", earlier, &["date_order"]).list(),
        "after" => rows("Event", later, &["date_order"]).list(),
        _ => return None,
    })
}

/// What stands between entities, and what they refer to.
fn between(ty: &str, field: &str) -> Option<Origin> {
    use Origin::{Entity, One, Quantity};
    Some(match (ty, field) {
        ("LineageLink", "predecessor") => One("predecessor_id", "Organisation"),
        ("LineageLink", "successor") => One("successor_id", "Organisation"),
        ("LineageLink", "event") => One("event_id", "Event"),
        ("LineageLink", "people") => Quantity("people"),
        ("Membership" | "Authorship", "person") => One("person_id", "Person"),
        ("Membership" | "Publishing", "organisation") => One("organisation_id", "Organisation"),
        ("Authorship" | "Publishing", "publication") => One("publication_id", "Publication"),
        ("Participation", "context") => Entity("context_id"),
        ("Participation", "participant") => Entity("participant_id"),
        ("Participation", "count") => Quantity("count"),
        ("Affiliation", "member") => One("member_id", "Organisation"),
        ("Affiliation", "body") => One("body_id", "Organisation"),
        ("Classification" | "Statement", "topic") => One("topic_id", "Topic"),
        ("PlacePeriod", "place") => One("place_id", "Place"),
        ("Place", "parent") => One("parent_id", "Place"),
        ("Topic", "parent") => One("parent_id", "Topic"),
        ("Claim", "subject") => Entity("subject_id"),
        ("Claim", "valueNode") => Entity("value_node_id"),
        ("Claim", "source") => One("source_id", "Source"),
        _ => return None,
    })
}
