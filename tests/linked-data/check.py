"""Asks independent readers of RDF about the linked data that the program writes:

    python check.py SEEDS GENERATED TERMS.ttl

SEEDS and GENERATED are files without what their names end in: SEEDS.ttl, SEEDS.nt, SEEDS.jsonld. Every file must be
readable, the three of one set must say the same, every term of a vocabulary in common use must be one, and questions in
SPARQL to the seeds must have the answers that the article gives.
"""

import json
import sys

from pyld import jsonld
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import (
    DC, DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID, XSD,
)

VOCABULARIES = [DC, DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID]

PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

problems = []


def check(holds, problem):
    if not holds:
        problems.append(problem)


def nothing_is_loaded(address, options):
    raise RuntimeError(f"the context would be loaded from {address}")


def read(name):
    """What a set says, and its JSON-LD as a program would meet it."""
    turtle = Graph().parse(f"{name}.ttl", format="turtle")
    lines = Graph().parse(f"{name}.nt", format="nt")
    with open(f"{name}.jsonld", encoding="utf-8") as file:
        document = json.load(file)
    options = {"documentLoader": nothing_is_loaded, "format": "application/n-quads"}
    by_pyld = Graph().parse(data=jsonld.to_rdf(document, options), format="nt")
    by_rdflib = Graph().parse(f"{name}.jsonld", format="json-ld")
    for syntax, other in [
        ("N-Triples", lines),
        ("JSON-LD, by pyld,", by_pyld),
        ("JSON-LD, by rdflib,", by_rdflib),
    ]:
        check(isomorphic(turtle, other), f"{name}: {syntax} does not say the same as Turtle")
    nameless = any(isinstance(node, BNode) for triple in turtle for node in triple)
    check(not nameless, f"{name}: something has no address")
    for value in {value for value in turtle.objects() if isinstance(value, Literal)}:
        check(not value.ill_typed, f"{name}: {value!r} is not of its type")
    return turtle, document


seeds, generated, terms = sys.argv[1:]
turtle, document = read(seeds)
generated, _ = read(generated)
terms = Graph().parse(terms, format="turtle")

# JSON-LD in short form is what a program in another language meets: plain keys, plain values.
group = next(node for node in document["@graph"] if node.get("ns:abbreviation") == "ISG")
check(group["ns:founded"] == "2011-04", "the founding in JSON-LD")
check(group["org:classification"] == "ns:OrganisationKind-GROUP", "the kind in JSON-LD")

# Terms: those of others exist, ours are described. rdflib has closed lists of the vocabularies in common use.
base = str(next(terms.subjects(RDF.type, OWL.Ontology)))
described = set(terms.subjects(RDFS.isDefinedBy, URIRef(base)))
check(len(described) > 200, f"only {len(described)} terms are described")
used = set()
for graph in (turtle, generated, terms):
    used.update(graph.predicates())
    used.update(graph.objects(None, RDF.type))
    for predicate in (RDF.predicate, RDFS.domain, RDFS.range, RDFS.subPropertyOf, RDFS.subClassOf, OWL.inverseOf):
        used.update(graph.objects(None, predicate))
for term in sorted(used):
    vocabulary = next((it for it in VOCABULARIES if term.startswith(str(it))), None)
    if vocabulary is not None:
        check(term in vocabulary, f"{term} is not a term of its vocabulary")
    else:
        known = term in described or term == OWL.Ontology or term.startswith(str(XSD)) or "/edtf/" in term
        check(known, f"{term} is described nowhere")
for term in described:
    for predicate in (RDFS.label, RDFS.comment):
        check(len(list(terms.objects(term, predicate))) == 1, f"{term} has no {predicate}")


def ask(question, **bound):
    prefixes = f"{PREFIXES}PREFIX ns: <{base}#>\n"
    return [tuple(str(value) for value in row) for row in turtle.query(prefixes + question, initBindings=bound)]


def answers(what, question, expected):
    answer = sorted(set(ask(question)))
    check(answer == sorted(expected), f"{what}: {answer}")


answers(
    "what the group resulted from, by the terms of ORG, and who says so",
    """
    SELECT ?from ?date ?quote ?where ?source {
      ?group rdfs:label "International Socialist Group (Scotland)" ; org:resultedFrom ?event .
      ?event a org:ChangeEvent ; org:originalOrganization/rdfs:label ?from ; dct:date ?date .
      ?claim rdf:subject ?event ; rdf:predicate ns:participant ; rdf:object ?group ;
        ns:quote ?quote ; ns:locator ?where ; prov:hadPrimarySource/dct:title ?source .
    }
    """,
    [
        ("Socialist Workers Party (UK)", "2011-04", quote, where, "International Socialist Group (Scotland)")
        for quote, where in [
            ("Split: Socialist Workers Party (UK)", "Infobox"),
            ("formed in April 2011 by former members of the Socialist Workers Party", "Lead"),
        ]
    ],
)
answers(
    "all that the alliance came out of",
    """
    SELECT ?name { ?alliance rdfs:label ?of ; ns:predecessor+/rdfs:label ?name . FILTER(STRSTARTS(?of, "RISE")) }
    """,
    [
        ("International Socialist Group (Scotland)",),
        ("Scottish Left Project",),
        ("Socialist Workers Party (UK)",),
    ],
)
answers(
    "both founding dates, with their ranks",
    """
    SELECT ?date ?rank {
      ?group rdfs:label "International Socialist Group (Scotland)" .
      ?claim a ns:Claim ; rdf:subject ?group ; rdf:predicate ns:founded ; rdf:object ?date ; ns:claimRank ?rank .
    }
    """,
    [("2011-04", f"{base}#ClaimRank-PREFERRED"), ("2011", f"{base}#ClaimRank-NORMAL")],
)
answers(
    "members, and not those who are only called notable",
    """
    SELECT ?name ?status {
      ?member org:memberOf/rdfs:label "International Socialist Group (Scotland)" ; rdfs:label ?name .
      ?membership a org:Membership ; org:member ?member ; org:organization/rdfs:label "International Socialist Group (Scotland)" ;
        org:role/skos:prefLabel "member" ; ns:claimStatus ?status .
    }
    """,
    [(name, f"{base}#ClaimStatus-DERIVED") for name in ("Cat Boyd", "Jonathon Shafi")],
)
answers(
    "what is disputed does not stand in the data as if it were not",
    """
    SELECT ?subject ?object {
      ?relation ns:claimStatus ns:ClaimStatus-DISPUTED ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
      FILTER NOT EXISTS { ?relation a ns:Claim }
      ?subject ?predicate ?object .
      FILTER NOT EXISTS {
        ?other rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; ns:claimStatus ns:ClaimStatus-STATED .
        FILTER NOT EXISTS { ?other a ns:Claim }
      }
    }
    """,
    [],
)
answers(
    "claims without a source, somebody who recorded them, or a time",
    """
    SELECT ?claim {
      ?claim a ns:Claim .
      FILTER NOT EXISTS {
        ?claim prov:hadPrimarySource/dct:title ?source ; prov:wasAttributedTo/foaf:name ?name ; prov:generatedAtTime ?time .
      }
    }
    """,
    [],
)
answers(
    "as many as the description of the data set counts",
    """
    SELECT ?class {
      { SELECT ?class (COUNT(DISTINCT ?thing) AS ?found) { ?thing a ?class } GROUP BY ?class }
      ?part void:class ?class ; void:entities ?counted .
      FILTER(?found != ?counted)
    }
    """,
    [],
)
check(len(ask("SELECT ?part { ?set a void:Dataset ; void:classPartition ?part }")) == 10, "partitions")

for problem in problems:
    print(problem, file=sys.stderr)
print(f"rdflib and pyld: {len(turtle) + len(generated)} triples, {len(described)} terms, {len(problems)} problems")
sys.exit(1 if problems else 0)
