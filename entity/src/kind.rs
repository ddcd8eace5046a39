//! The closed vocabularies, declared once for the rows, for drafts and for the public schema.
//!
//! Each value is stored as the text that the public schema shows. The doc comments here are the descriptions there.
//!
//! ```
//! use entity::kind::NameKind;
//!
//! assert_eq!(NameKind::NAME, "NameKind");
//! assert_eq!(NameKind::DESCRIPTION, "What sort of name a name is.");
//! assert_eq!(NameKind::VALUES[2], ("FORMER", "A name it has given up."));
//! assert_eq!(NameKind::Former.as_str(), "FORMER");
//! ```

mod macros;

use macros::kinds;

kinds! {
    /// The table that holds the rest of a node.
    NodeKind {
        /// A row of `organisation`.
        Organisation = "ORGANISATION",
        /// A row of `person`.
        Person = "PERSON",
        /// A row of `campaign`.
        Campaign = "CAMPAIGN",
        /// A row of `publication`.
        Publication = "PUBLICATION",
        /// A row of `event`.
        Event = "EVENT",
        /// A row of `source`.
        Source = "SOURCE",
        /// A row of `place`.
        Place = "PLACE",
        /// A row of `topic`.
        Topic = "TOPIC",
        /// A row of `membership`.
        Membership = "MEMBERSHIP",
        /// A row of `participation`.
        Participation = "PARTICIPATION",
        /// A row of `affiliation`.
        Affiliation = "AFFILIATION",
        /// A row of `authorship`.
        Authorship = "AUTHORSHIP",
        /// A row of `publishing`.
        Publishing = "PUBLISHING",
        /// A row of `classification`.
        Classification = "CLASSIFICATION",
        /// A row of `name`.
        Name = "NAME",
        /// A row of `place_period`.
        PlacePeriod = "PLACE_PERIOD",
        /// A row of `statement`.
        Statement = "STATEMENT",
        /// A row of `lineage_link`.
        LineageLink = "LINEAGE_LINK",
        /// A row of `event_order`.
        EventOrder = "EVENT_ORDER",
    }
}

kinds! {
    /// Which of the five kinds of record an entity is.
    EntityKind {
        /// A body with members: a party, a group, an alliance, a union.
        Organisation = "ORGANISATION",
        /// A human being.
        Person = "PERSON",
        /// A common effort towards an aim, carried by people and bodies.
        Campaign = "CAMPAIGN",
        /// Something published: a paper, a book, a pamphlet, a site.
        Publication = "PUBLICATION",
        /// Something that happened: a split, a merger, a conference, an election.
        Event = "EVENT",
    }
}

impl From<EntityKind> for NodeKind {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Organisation => Self::Organisation,
            EntityKind::Person => Self::Person,
            EntityKind::Campaign => Self::Campaign,
            EntityKind::Publication => Self::Publication,
            EntityKind::Event => Self::Event,
        }
    }
}

kinds! {
    /// What sort of body an organisation is.
    OrganisationKind {
        /// A political party: it stands, or means to stand, in elections under its own name.
        Party = "PARTY",
        /// A political group or league that is not an electoral party. Example: International Socialist Group.
        Group = "GROUP",
        /// A lasting union of several bodies for a common purpose, often electoral. Example: RISE.
        Alliance = "ALLIANCE",
        /// An organised current inside another body.
        Faction = "FACTION",
        /// A trade union, or a federation of them.
        TradeUnion = "TRADE_UNION",
        /// A body of bodies from several countries. Example: Fourth International.
        International = "INTERNATIONAL",
        /// The youth or student body of another organisation.
        YouthWing = "YOUTH_WING",
        /// A committee or steering group of another body. Example: Central Committee.
        Organ = "ORGAN",
        /// A parliament, council or other elected assembly. Example: Scottish Parliament.
        Legislature = "LEGISLATURE",
        /// An organisational process: an effort to form a body, not yet one itself. Example: Scottish Left Project.
        Process = "PROCESS",
        /// Known, but none of the other kinds.
        Other = "OTHER",
        /// No source says.
        Unknown = "UNKNOWN",
    }
}

kinds! {
    /// Whether an organisation still exists.
    OrganisationStatus {
        /// A source says that it exists and acts.
        Active = "ACTIVE",
        /// A source says that it has ended.
        Dissolved = "DISSOLVED",
        /// A source says that it exists but does not act.
        Dormant = "DORMANT",
        /// No source says: an unknown end does not mean that it is active.
        Unknown = "UNKNOWN",
    }
}

kinds! {
    /// Where an organisation stands between left and right, as sources place it.
    PoliticalPosition {
        /// Left of social democracy, for a break with the existing order.
        FarLeft = "FAR_LEFT",
        /// On the left.
        Left = "LEFT",
        /// Between the centre and the left.
        CentreLeft = "CENTRE_LEFT",
        /// In the middle.
        Centre = "CENTRE",
        /// Between the centre and the right.
        CentreRight = "CENTRE_RIGHT",
        /// On the right.
        Right = "RIGHT",
        /// Right of conservatism, nationalist or authoritarian.
        FarRight = "FAR_RIGHT",
        /// Joins positions from both sides on purpose.
        Syncretic = "SYNCRETIC",
    }
}

kinds! {
    /// What sort of name a name is.
    NameKind {
        /// The full name that it uses of itself.
        Official = "OFFICIAL",
        /// Another name in use beside the official one.
        Alternative = "ALTERNATIVE",
        /// A name it has given up.
        Former = "FORMER",
        /// Initials or another short form. Example: SWP.
        Abbreviation = "ABBREVIATION",
        /// A name rendered in another language.
        Translation = "TRANSLATION",
    }
}

kinds! {
    /// What sort of place a place is.
    PlaceKind {
        /// A street address or a building.
        Address = "ADDRESS",
        /// A part of a city or town. Example: Glasgow City Centre.
        District = "DISTRICT",
        /// A city, town or village.
        City = "CITY",
        /// A county, province or other part of a country.
        Region = "REGION",
        /// A country that is a part of a state. Example: Scotland.
        Nation = "NATION",
        /// A sovereign state. Example: United Kingdom.
        State = "STATE",
        /// Any other place, such as a continent.
        Other = "OTHER",
    }
}

kinds! {
    /// Whether a topic is an ideology or a subject.
    TopicKind {
        /// A system of political ideas that a body holds. Example: revolutionary socialism.
        Ideology = "IDEOLOGY",
        /// Something that is spoken, written or campaigned about. Example: Scottish independence.
        Subject = "SUBJECT",
    }
}

kinds! {
    /// What sort of publication a publication is.
    PublicationKind {
        /// A daily or weekly paper with news.
        Newspaper = "NEWSPAPER",
        /// An illustrated or topical paper, weekly to quarterly.
        Magazine = "MAGAZINE",
        /// A learned or theoretical journal.
        Journal = "JOURNAL",
        /// A bulletin or newsletter, often for members only.
        Bulletin = "BULLETIN",
        /// A bound work of some length, published once.
        Book = "BOOK",
        /// A pamphlet: a short, unbound work on one matter.
        Pamphlet = "PAMPHLET",
        /// A leaflet: a sheet to be handed out.
        Leaflet = "LEAFLET",
        /// A website of dated posts.
        Blog = "BLOG",
        /// A website that is not a blog.
        Website = "WEBSITE",
        /// Known, but none of the other kinds.
        Other = "OTHER",
        /// No source says.
        Unknown = "UNKNOWN",
    }
}

kinds! {
    /// What sort of event an event is. Kind and roles together say which lineage links follow from it.
    EventKind {
        /// A body comes into being.
        Foundation = "FOUNDATION",
        /// A part leaves a body and forms a new one; the old one goes on.
        Split = "SPLIT",
        /// A body ends by falling into several new ones.
        Division = "DIVISION",
        /// Several bodies form a new one.
        Merger = "MERGER",
        /// A body ends by entering another, which goes on.
        Absorption = "ABSORPTION",
        /// A body ends, with or without a body that its members go to.
        Dissolution = "DISSOLUTION",
        /// A body takes the place of another.
        Succession = "SUCCESSION",
        /// A body starts anew under a new name or programme.
        Refoundation = "REFOUNDATION",
        /// Members leave one body and form another.
        Defection = "DEFECTION",
        /// People leave a body or a post.
        Resignation = "RESIGNATION",
        /// A conference, congress or founding meeting.
        Conference = "CONFERENCE",
        /// A vote on who holds an office or a seat.
        Election = "ELECTION",
        /// A vote on a question.
        Referendum = "REFERENDUM",
        /// A demonstration or march.
        Demonstration = "DEMONSTRATION",
        /// The holding of a place by those who protest.
        Occupation = "OCCUPATION",
        /// A stoppage of work by those who do it.
        Strike = "STRIKE",
        /// A work appears.
        Publication = "PUBLICATION",
        /// An office or another place is opened.
        Opening = "OPENING",
        /// None of the other kinds.
        Other = "OTHER",
    }
}

kinds! {
    /// How the newer organisation of a lineage link came out of the older.
    LineageKind {
        /// The newer one left the older one, which went on.
        SplitFrom = "SPLIT_FROM",
        /// The older one ended by falling into several, the newer one among them.
        DividedInto = "DIVIDED_INTO",
        /// The older one joined with others to form the newer one.
        MergedInto = "MERGED_INTO",
        /// The older one ended by entering the newer one, which already existed.
        AbsorbedBy = "ABSORBED_BY",
        /// The older one dissolved, and its members went to the newer one.
        DissolvedInto = "DISSOLVED_INTO",
        /// The newer one took the place of the older one.
        SucceededBy = "SUCCEEDED_BY",
        /// The older one started anew as the newer one.
        RefoundedAs = "REFOUNDED_AS",
        /// People who left the older one formed the newer one.
        FormedByDefectorsFrom = "FORMED_BY_DEFECTORS_FROM",
        /// The older one led to the newer one, in no closer way that a source tells.
        LedTo = "LED_TO",
        /// The two are linked; no source says how.
        Unspecified = "UNSPECIFIED",
    }
}

kinds! {
    /// How a claim ranks among the claims on the same property.
    ClaimRank {
        /// The claim to show: the best there is.
        Preferred = "PREFERRED",
        /// A claim like any other.
        Normal = "NORMAL",
        /// A claim known to be wrong or outdated, kept with its source.
        Deprecated = "DEPRECATED",
    }
}

kinds! {
    /// How firmly something is said.
    ClaimStatus {
        /// A source says so.
        Stated = "STATED",
        /// No source says so in as many words; it follows from what one says.
        Derived = "DERIVED",
        /// Sources, or readings of one source, contradict each other on it.
        Disputed = "DISPUTED",
        /// A source says that it is not so.
        Denied = "DENIED",
    }
}

kinds! {
    /// How finely a date is known.
    DatePrecision {
        /// One calendar day. Example: 11 April 2011.
        Day = "DAY",
        /// One month. Example: April 2011.
        Month = "MONTH",
        /// One season, quarter or other part of a year. Example: spring 2001.
        Season = "SEASON",
        /// One year. Example: 2015.
        Year = "YEAR",
        /// One decade. Example: the 1980s.
        Decade = "DECADE",
        /// One century. Example: the 20th century.
        Century = "CENTURY",
        /// A stretch of time or a set of dates. Example: 1990 to 1995.
        Range = "RANGE",
        /// Nothing is known but that there was such a day.
        Unknown = "UNKNOWN",
    }
}

kinds! {
    /// What sort of statement a statement is.
    StatementKind {
        /// Something an organisation set out to reach.
        Objective = "OBJECTIVE",
        /// Something that was argued, criticised or advocated.
        Stance = "STANCE",
        /// What a campaign was for.
        Aim = "AIM",
        /// What a body or an event was made for.
        Purpose = "PURPOSE",
        /// How a publication was received.
        Reception = "RECEPTION",
    }
}

kinds! {
    /// What sort of work a source is.
    SourceKind {
        /// An encyclopaedia, or an article in one.
        Encyclopaedia = "ENCYCLOPAEDIA",
        /// A book, or a chapter of one.
        Book = "BOOK",
        /// An article in a journal or magazine.
        Article = "ARTICLE",
        /// A newspaper, or a report in one.
        Newspaper = "NEWSPAPER",
        /// A website, or a page of one.
        Website = "WEBSITE",
        /// A collection of data.
        Dataset = "DATASET",
        /// A document in an archive.
        Archive = "ARCHIVE",
        /// Any other work.
        Other = "OTHER",
    }
}

kinds! {
    /// How a member stands to the body it is affiliated to.
    AffiliationKind {
        /// One of the bodies that make it up.
        Member = "MEMBER",
        /// A committee or steering group of it.
        Organ = "ORGAN",
        /// Its part in one country or region.
        Section = "SECTION",
        /// An organised current inside it.
        Faction = "FACTION",
        /// A body that works beside it.
        Ally = "ALLY",
        /// A child of it: the body is its parent.
        Parent = "PARENT",
        /// None of the other ways.
        Other = "OTHER",
    }
}
