//! What the page of each kind of record shows: its question, its facts and its lists, in their order.

use super::fact::{
    Fact,
    Shape::{Date, Flag, Label, Quantity, Record, Records, Text, Url},
    fact,
};
use super::list::{List, list};
use crate::write::Kind;

/// See the module's documentation.
pub struct Shown {
    /// The question, without the fragments that it names.
    pub query: &'static str,
    pub facts: &'static [Fact],
    /// Lists that are shown a hundred items at a time.
    pub lists: &'static [List],
    /// Lists that belong to the record and are shown whole.
    pub whole_lists: &'static [List],
}

/// The kinds in the order in which a reader meets them.
pub const READ: [Kind; 8] = [
    Kind::Organisation,
    Kind::Person,
    Kind::Campaign,
    Kind::Publication,
    Kind::Event,
    Kind::Place,
    Kind::Topic,
    Kind::Source,
];

impl Shown {
    pub const fn of(kind: Kind) -> &'static Self {
        match kind {
            Kind::Organisation => &ORGANISATION,
            Kind::Person => &PERSON,
            Kind::Campaign => &CAMPAIGN,
            Kind::Publication => &PUBLICATION,
            Kind::Event => &EVENT,
            Kind::Source => &SOURCE,
            Kind::Place => &PLACE,
            Kind::Topic => &TOPIC,
        }
    }
}

static ORGANISATION: Shown = Shown {
    query: include_str!("query/organisation.graphql"),
    facts: &[
        fact("abbreviation", "Abbreviation", Text),
        fact("kind", "Kind", Label),
        fact("status", "Status", Label),
        fact("founded", "Founded", Date),
        fact("dissolved", "Dissolved", Date),
        fact("country", "Country", Record),
        fact("headquarters", "Headquarters", Record),
        fact("position", "Position", Label),
        fact("leadership", "Leadership", Text),
        fact("newspaper", "Newspaper", Record),
        fact("website", "Website", Url),
        fact("logo", "Logo", Url),
        fact("name", "Name", Text),
    ],
    lists: &[
        list("predecessors", "Where it came from"),
        list("successors", "What became of it"),
        list("affiliations", "What it belongs to"),
        list("affiliates", "What belongs to it"),
        list("people", "People"),
        list("publications", "Publications"),
        list("campaigns", "Campaigns"),
        list("events", "Events"),
        list("bodies", "The same as a campaign"),
    ],
    whole_lists: &[
        list("classifications", "Ideologies"),
        list("places", "Places"),
    ],
};

static PERSON: Shown = Shown {
    query: include_str!("query/person.graphql"),
    facts: &[
        fact("born", "Born", Date),
        fact("died", "Died", Date),
        fact("name", "Name", Text),
    ],
    lists: &[
        list("organisations", "Organisations"),
        list("publications", "Publications"),
        list("campaigns", "Campaigns"),
        list("events", "Events"),
    ],
    whole_lists: &[],
};

static CAMPAIGN: Shown = Shown {
    query: include_str!("query/campaign.graphql"),
    facts: &[
        fact("started", "Started", Date),
        fact("ended", "Ended", Date),
        fact("parent", "Part of", Record),
        fact("organisation", "The same as the organisation", Record),
        fact("name", "Name", Text),
    ],
    lists: &[
        list("participants", "Participants"),
        list("subcampaigns", "Parts"),
        list("events", "Events"),
    ],
    whole_lists: &[list("classifications", "Topics")],
};

static PUBLICATION: Shown = Shown {
    query: include_str!("query/publication.graphql"),
    facts: &[
        fact("subtitle", "Subtitle", Text),
        fact("kind", "Kind", Label),
        fact("published", "Published", Date),
        fact("ceased", "Ceased", Date),
        fact("frequency", "Frequency", Text),
        fact("format", "Format", Text),
        fact("colour", "In colour", Flag),
        fact("free", "Free of charge", Flag),
        fact("language", "Language", Text),
        fact("editorialFocus", "Editorial focus", Text),
        fact("isbn", "ISBN", Text),
        fact("issn", "ISSN", Text),
        fact("title", "Title", Text),
        fact("name", "Name", Text),
    ],
    lists: &[
        list("organisations", "The newspaper of"),
        list("campaigns", "Campaigns"),
        list("events", "Events"),
    ],
    whole_lists: &[
        list("publishings", "Publishers"),
        list("authorships", "Authors"),
        list("classifications", "Topics"),
    ],
};

static EVENT: Shown = Shown {
    query: include_str!("query/event.graphql"),
    facts: &[
        fact("kind", "Kind", Label),
        fact("date", "Date", Date),
        fact("place", "Place", Record),
        fact("outcome", "Outcome", Text),
        fact("reason", "Reason", Text),
        fact("attendance", "Attendance", Quantity),
        fact("occurrences", "Occurrences", Quantity),
        fact("before", "Came after", Records),
        fact("after", "Came before", Records),
        fact("name", "Name", Text),
    ],
    lists: &[list("participants", "Participants")],
    whole_lists: &[list("links", "What followed for the lineage")],
};

static SOURCE: Shown = Shown {
    query: include_str!("query/source.graphql"),
    facts: &[
        fact("kind", "Kind", Label),
        fact("author", "Author", Text),
        fact("publisher", "Publisher", Text),
        fact("url", "Address", Url),
        fact("published", "Published", Date),
        fact("accessed", "Accessed", Date),
        fact("licence", "Licence of its text", Text),
        fact("language", "Language", Text),
    ],
    lists: &[list("claims", "What is claimed from it")],
    whole_lists: &[],
};

static PLACE: Shown = Shown {
    query: include_str!("query/place.graphql"),
    facts: &[
        fact("kind", "Kind", Label),
        fact("code", "ISO 3166 code", Text),
        fact("street", "Street", Text),
        fact("postcode", "Postcode", Text),
        fact("parent", "Lies in", Record),
    ],
    lists: &[
        list("places", "Places in it"),
        list("nationals", "Organisations of this country"),
        list("seats", "Organisations with their seat here"),
        list("organisations", "Organisations active here"),
        list("events", "Events"),
    ],
    whole_lists: &[],
};

static TOPIC: Shown = Shown {
    query: include_str!("query/topic.graphql"),
    facts: &[
        fact("kind", "Kind", Label),
        fact("parent", "Part of", Record),
    ],
    lists: &[
        list("topics", "Parts"),
        list("organisations", "Organisations of this kind"),
        list("holders", "Organisations that spoke on it"),
        list("campaigns", "Campaigns"),
        list("publications", "Publications"),
        list("events", "Events"),
        list("people", "People who spoke on it"),
    ],
    whole_lists: &[],
};
