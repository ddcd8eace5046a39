"""What a service with default settings makes of those who mean it harm: python3 attack.py PROGRAM [--slow]

Every attack is sent alone, and then an ordinary question. The table tells what was answered, after how long, and how
much memory of its own the service had taken since it began. It fails where something else is answered than a refusal that
names what is wrong, where memory grows, or where the ordinary question is not answered any more. Times are told, not judged.

--slow adds three hundred connections at once that send the head of a request a byte at a time, and as many that send
a body so, and waits until each is closed; this takes more than a minute.
"""

import argparse
import json
import selectors
import statistics
import sys
import time

from service import Service, post, question, read

# Megabytes that all the attacks together may cost.
MEMORY = 40

# Connections of each kind that send slowly.
SLOW = 300

ORDINARY = question("{ organisations(first: 5) { nodes { name splitFrom { nodes { name } } } } }")


def bomb(spread: str) -> str:
    """Thirty fragments that each stand for the next one twice."""
    fragments = [
        f"fragment F{number} on Dataset {{ {spread.replace('NEXT', f'F{number + 1}')} }}" for number in range(30)
    ]
    return " ".join(["{ dataset { ...F0 } }", *fragments, "fragment F30 on Dataset { revision }"])


def nested(levels: int, opening: str, closing: str) -> str:
    return opening * levels + "x" + closing * levels


def pages(levels: int) -> str:
    """A hundred organisations, of each a hundred that split from it, and so on."""
    splits = "splits(first: 100) { nodes { " * levels + "id name slug summary url revision" + " } }" * levels
    return f"{{ organisations(first: 100) {{ nodes {{ {splits} }} }} }}"


def attacks() -> dict[str, tuple[bytes, str]]:
    """What is sent, and what must be named in the answer."""
    circle = "{ dataset { ...A } } fragment A on Dataset { ...B } fragment B on Dataset { ...A }"
    types = "{ __schema { types " + "{ fields { type " * 8 + "{ name }" + " } }" * 8 + " } }"
    drawings = " ".join(
        f'a{number}: search(query: "socialist", first: 100) {{ nodes {{ ... on Organisation {{ lineage {{ svg }} }} }} }}'
        for number in range(40)
    )
    variable = "query Q($filter: OrganisationFilter) { organisations(filter: $filter) { totalCount } }"
    deep = '{"query": ' + json.dumps(variable) + ', "variables": {"filter": ' + nested(100_000, '{"not":', "}") + "}}"
    mistyped = "query Q(" + ", ".join(f"$v{n}: {'N' * 2400}{n}" for n in range(100)) + ") { __typename }"
    slug = "query Q($slug: String!) { organisation(by: {slug: $slug}) { name } }"
    return {
        "fragment bomb of 30, by spreads": (question(bomb("...NEXT ...NEXT")), "field_limit"),
        "fragment bomb of 30, through aliased fields": (
            question(bomb("a: changedAt ...NEXT b: changedAt ...NEXT")),
            "field_limit",
        ),
        "fragments in a circle": (question(circle), "GRAPHQL_VALIDATION_FAILED"),
        "100,000 levels of fields": (question(nested(100_000, "{a", "}")), "document_limit"),
        "40,000 levels in a value": (question(f"{{ a(b: {nested(40_000, '[', ']')}) }}"), "token_limit"),
        "20,000 aliases": (question(f"{{ {' '.join(f'a{n}: __typename' for n in range(20_000))} }}"), "document_limit"),
        "5,000 aliases": (question(f"{{ {' '.join(f'a{n}: __typename' for n in range(5_000))} }}"), "token_limit"),
        "1,000 aliases": (question(f"{{ {' '.join(f'a{n}: __typename' for n in range(1_000))} }}"), "alias_limit"),
        "3,000 directives": (question(f"{{ __typename {'@skip(if: false) ' * 3000} }}"), "token_limit"),
        "12,000 directives": (question(f"{{ __typename {'@a ' * 12_000} }}"), "token_limit"),
        "1,000 directives": (question(f"{{ __typename {'@a ' * 1000} }}"), "directive_limit"),
        "20,000 times one field": (question(f"{{ {'__typename ' * 20_000} }}"), "token_limit"),
        "9,000 times one field": (question(f"{{ {'__typename ' * 9_000} }}"), "field_limit"),
        "9,000 unknown fields": (question(f"{{ {'nothing ' * 9_000} }}"), "GRAPHQL_VALIDATION_FAILED"),
        "100 types with names of 2,400 letters": (question(mistyped), "GRAPHQL_VALIDATION_FAILED"),
        "introspection in circles": (question(types), "GRAPHQL_VALIDATION_FAILED"),
        "pages within pages": (question(pages(2)), "cost_limit"),
        "pages within pages within pages": (question(pages(3)), "row_limit"),
        "40 searches with 100 drawings each": (question(f"{{ {drawings} }}"), "LIMIT_EXCEEDED"),
        "a number of 100,000 digits": (
            question(f"{{ organisations(first: {'9' * 100_000}) {{ totalCount }} }}"),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        "a number in JSON of 100,000 digits": (
            b'{"query": "{ __typename }", "variables": {"first": ' + b"9" * 100_000 + b"}}",
            "BAD_REQUEST",
        ),
        "variables 100,000 levels deep": (deep.encode(), "BAD_REQUEST"),
        "a lone surrogate in JSON": (
            b'{"query": "{ organisation(by: {slug: \\"\\ud800\\"}) { name } }"}',
            "BAD_REQUEST",
        ),
        "a lone surrogate in the document": (
            question('{ organisation(by: {slug: "\\uD800"}) { name } }'),
            "GRAPHQL_PARSE_FAILED",
        ),
        "NUL in a value": (question(slug, {"slug": "a\0b"}), "BAD_USER_INPUT"),
        "NUL in the document": (question("{ __typename \0 }"), "GRAPHQL_PARSE_FAILED"),
        "a batch of 10,000": (b"[" + b",".join([question("{ __typename }")] * 10_000) + b"]", "BAD_REQUEST"),
        "a body of 5 MB": (question("#" * 5_000_000), "LIMIT_EXCEEDED"),
        "no JSON": (b"{" * 100_000, "BAD_REQUEST"),
    }


def timed(service: Service, body: bytes) -> tuple[float, int, str]:
    """Milliseconds until the answer was there, its status, and the error in it."""
    start = time.perf_counter()
    with service.connect() as connection:
        try:
            connection.sendall(post(body))
        except (BrokenPipeError, ConnectionResetError):
            pass  # Refused before all of it was sent; the answer is there all the same.
        status, _, answer = read(connection)
    took = (time.perf_counter() - start) * 1000
    answer = json.loads(answer)
    errors = [error["extensions"] for error in answer.get("errors", [])]
    names = [error.get("limit", {}).get("name", error["code"]) for error in errors]
    return took, status, names[0] if names else ""


def ordinary(service: Service) -> float:
    """Milliseconds that an ordinary question takes, as the median of twenty."""
    took = []
    for _ in range(20):
        milliseconds, status, error = timed(service, ORDINARY)
        if status != 200 or error:
            raise SystemExit(f"the ordinary question is answered with {status} {error}")
        took.append(milliseconds)
    return statistics.median(took)


def refused(service: Service) -> list[str]:
    """Prints the table of what is refused, and gives what was not."""
    ordinary(service)
    before, start = ordinary(service), service.memory()
    print(f"ordinary question before: {before:.2f} ms; memory: {start:.1f} MB\n")
    print("| attack | sent | answer | ms | MB | ordinary question after, ms |\n|---|---|---|---|---|---|")
    wrong = []
    for name, (body, expected) in attacks().items():
        took, status, error = timed(service, body)
        memory = service.memory() - start
        after = ordinary(service)
        print(f"| {name} | {len(body):,} B | {status} {error} | {took:.1f} | {memory:+.1f} | {after:.2f} |")
        if error != expected or status == 200:
            wrong.append(f"{name}: {status} {error or 'no error'}, not {expected}")
        if memory > MEMORY:
            wrong.append(f"{name}: {memory:.0f} MB more memory")
    return wrong


def slow(service: Service) -> list[str]:
    """Connections that send a byte a second, and how long they are let."""
    start, memory = time.monotonic(), service.memory()
    kinds = {"head": b"POST /graphql HTTP/1.1\r\nx-slow: ", "body": post(b" " * 100_000)[:-100_000]}
    ways = selectors.DefaultSelector()
    for kind, opening in kinds.items():
        for _ in range(SLOW):
            connection = service.connect()
            connection.sendall(opening)
            connection.setblocking(False)
            ways.register(connection, selectors.EVENT_READ, kind)
    closed: dict[str, list[float]] = {kind: [] for kind in kinds}
    most, after, beat = memory, ordinary(service), time.monotonic()
    while ways.get_map():
        for key, _ in ways.select(timeout=0.2):
            try:
                gone = not key.fileobj.recv(4096)
            except ConnectionError:
                gone = True
            if gone:
                closed[key.data].append(time.monotonic() - start)
                ways.unregister(key.fileobj)
                key.fileobj.close()
        if time.monotonic() - beat > 1:
            beat, most = time.monotonic(), max(most, service.memory())
            for key in list(ways.get_map().values()):
                try:
                    key.fileobj.send(b"x")
                except OSError:
                    pass  # Its end comes with the next look.
        if time.monotonic() - start > 120:
            return [f"{len(ways.get_map())} slow connections are still open after 120 s"]
    for kind, times in closed.items():
        print(f"{len(times)} slow {kind}: closed from {min(times):.0f} to {max(times):.0f} s")
    print(f"memory with all of them open: {most - memory:+.1f} MB; ordinary question beside them: {after:.2f} ms")
    return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--slow", action="store_true")
    asked = parser.parse_args()
    with Service(asked.program) as service:
        wrong = refused(service)
        if asked.slow:
            wrong += slow(service)
    for line in wrong:
        print(f"wrong: {line}", file=sys.stderr)
    print(f"\n{len(attacks())} attacks, {len(wrong)} not refused as they should be")
    sys.exit(bool(wrong))


main()
