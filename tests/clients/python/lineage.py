"""Asks where an organisation came from and what became of it, through a client that ariadne-codegen made.

    python lineage.py http://127.0.0.1:8000
"""

import sys

from generated import Schismograph


def main(address: str) -> None:
    client = Schismograph(url=f"{address}/graphql")
    slug = "international-socialist-group-scotland"
    organisation = client.lineage(slug=slug).organisation
    assert organisation and organisation.founded
    print(f"{organisation.name}, founded {organisation.founded.display}")
    for split in organisation.split_from.edges:
        link = split.link
        assert link.date and link.people and link.event
        kind = link.event.kind.value.lower()
        print(f"{kind} from {split.node.name}, {link.date.edtf}, {link.people.value} people: {link.reason}")
        for claim in link.claims:
            print(f"  {claim.locator}: {claim.quote}")
    for end in organisation.dissolved_into.edges:
        assert end.link.date
        print(f"dissolved into {end.node.name}, {end.link.date.display}, {end.link.status.value.lower()}")


main(sys.argv[1])
