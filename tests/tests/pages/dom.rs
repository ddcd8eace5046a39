//! A page as a browser's parser sees it.

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

pub struct Dom {
    elements: Vec<Element>,
    /// What is shown, with every run of white space as one space.
    pub text: String,
    /// What the parser had to put up with.
    pub errors: Vec<String>,
}

pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Dom {
    pub fn parse(html: &str) -> Self {
        let mut options = ParseOpts::default();
        options.tokenizer.exact_errors = true;
        let dom = parse_document(RcDom::default(), options).one(html);
        let mut elements = Vec::new();
        let text = walk(&dom.document, &mut elements);
        let errors = dom
            .errors
            .borrow()
            .iter()
            .map(ToString::to_string)
            .collect();
        Self {
            elements,
            text: squeeze(&text),
            errors,
        }
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements
            .iter()
            .filter(move |element| element.name == name)
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter()
    }

    /// The element that a fragment leads to.
    pub fn by_id(&self, id: &str) -> Option<&Element> {
        self.elements
            .iter()
            .find(|element| element.attribute("id") == Some(id))
    }

    /// Where links and pictures lead.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let targets = |element: &Element| {
            let found = element
                .attributes
                .iter()
                .find(|(name, _)| name == "href" || name == "src");
            found.is_some()
        };
        self.elements
            .iter()
            .filter(move |element| targets(element))
            .filter_map(|element| {
                element
                    .attribute("href")
                    .or_else(|| element.attribute("src"))
            })
    }
}

/// Every run of white space as one space.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text within a node, after its elements have been gathered.
fn walk(node: &Handle, elements: &mut Vec<Element>) -> String {
    let mut text = String::new();
    let mut place = None;
    match &node.data {
        NodeData::Text { contents } => text.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } => {
            let attributes = attrs.borrow();
            let attributes = attributes.iter().map(|attribute| {
                (
                    attribute.name.local.to_string(),
                    attribute.value.to_string(),
                )
            });
            place = Some(elements.len());
            elements.push(Element {
                name: name.local.to_string(),
                attributes: attributes.collect(),
                text: String::new(),
            });
        }
        _ => {}
    }
    for child in node.children.borrow().iter() {
        text.push_str(&walk(child, elements));
    }
    if let Some(element) = place.and_then(|place| elements.get_mut(place)) {
        element.text = squeeze(&text);
        if element.name == "style" {
            text.clear();
        }
    }
    text
}
