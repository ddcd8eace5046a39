"""The service as a program of its own, with default settings over a new SQLite file with the seeds, and the little of
HTTP that asking it takes: whole requests as bytes, so that also such can be sent as no library would send."""

import json
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self


class Service:
    def __init__(self, program: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        command = [str(Path(program).resolve()), "--listen", "127.0.0.1:0", "--log-level", "error"]
        self.process = subprocess.Popen(command, cwd=self.folder.name, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        if not first.startswith("serving http://"):
            raise SystemExit(f"the service did not start: {first}")
        host, port = first.removeprefix("serving http://").strip().rsplit(":", 1)
        self.address = (host, int(port))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, timeout=120)

    def memory(self) -> float:
        """Megabytes of its own, without pages of files, which belong to the system."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
        return int(line.split()[1]) / 1024

    def ask(self, body: bytes) -> tuple[int, dict]:
        """The status and the answer to a request by POST."""
        with self.connect() as connection:
            connection.sendall(post(body))
            status, _, answer = read(connection)
        return status, json.loads(answer)


def question(query: str, variables: object = None) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def post(body: bytes) -> bytes:
    head = (
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        f"accept: application/graphql-response+json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def read(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """One answer, whose length its head tells: status, headers by lower-case name, body."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(connection)
    head, body = data.split(b"\r\n\r\n", 1)
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
    length = int(headers.get("content-length", 0))
    while len(body) < length:
        body += receive(connection)
    return int(first.split()[1]), headers, body


def receive(connection: socket.socket) -> bytes:
    part = connection.recv(1 << 16)
    if not part:
        raise ConnectionError("the connection was closed")
    return part
