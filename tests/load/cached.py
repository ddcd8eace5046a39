"""What it spares that an answer is known already: python3 cached.py PROGRAM [--requests N]

The README's question, asked over and over on one connection: by POST, by GET, and by GET with the tag of the last answer, by
turns in one run. Prints how many of each are answered in a second, as ratios to POST, and how many of the last kind had 304.
"""

import argparse
import json
import re
import time
from pathlib import Path
from urllib.parse import urlencode

from service import Service, post, question, read

ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--requests", type=int, default=2000)
    asked = parser.parse_args()
    readme = Path(__file__).parents[2] / "README.md"
    query = re.search(r"```graphql\n(.*?)```", readme.read_text(), re.DOTALL)[1]
    head = f"GET /graphql?{urlencode({'query': query})} HTTP/1.1\r\nhost: localhost\r\n"
    with Service(asked.program) as service, service.connect() as connection:

        def answered(request: bytes) -> tuple[int, dict[str, str], bytes]:
            connection.sendall(request)
            return read(connection)

        got = f"{head}\r\n".encode()
        status, headers, body = answered(got)
        if status != 200 or "errors" in json.loads(body):
            raise SystemExit(f"{status} {body.decode()}")
        known = f"{head}if-none-match: {headers['etag']}\r\n\r\n".encode()
        kinds = {"POST": post(question(query)), "GET": got, "GET, with the tag": known}
        seconds = dict.fromkeys(kinds, 0.0)
        unchanged = 0
        for _ in range(ROUNDS):
            for kind, request in kinds.items():
                start = time.perf_counter()
                statuses = [answered(request)[0] for _ in range(asked.requests // ROUNDS)]
                seconds[kind] += time.perf_counter() - start
                unchanged += statuses.count(304)
    each = asked.requests // ROUNDS * ROUNDS
    print("| request | a second | to POST |\n|---|---|---|")
    for kind, took in seconds.items():
        print(f"| {kind} | {each / took:,.0f} | {seconds['POST'] / took:.2f} |")
    print(f"\n304: {unchanged} of {each}")


main()
