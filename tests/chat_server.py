"""A server on loopback that speaks OpenAI's chat completions: each question gets the next answer of a script."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers POST /v1/chat/completions by the script; keeps every question."""

    protocol_version = "HTTP/1.1"
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class ChatServer(ThreadingHTTPServer):
    """``script`` holds the answers to come, the last of which is given again and again; ``asked`` the questions."""

    daemon_threads = True

    def __init__(self, *script: Step) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.asked = list(script), []
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        pass  # a client that hangs up is part of the tests


@contextmanager
def serving(*script: Step) -> Iterator[ChatServer]:
    server = ChatServer(*script)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def completion(text: str | None, finish: str = "stop", refusal: str | None = None) -> bytes:
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return json.dumps({"id": "c", "choices": [{"index": 0, "message": message, "finish_reason": finish}]}).encode()


def says(text: str | None, finish: str = "stop", refusal: str | None = None) -> Step:
    return lambda handler: handler.send(200, completion(text, finish, refusal))


def finds(*events: dict[str, Any]) -> Step:
    return says(json.dumps({"events": list(events)}, ensure_ascii=False))


def fails(status: int, body: bytes = b'{"error": {"message": "no luck"}}', **headers: str) -> Step:
    return lambda handler: handler.send(status, body, **headers)


def raw(body: bytes) -> Step:
    return lambda handler: handler.send(200, body)


def hangs(seconds: float) -> Step:
    return lambda handler: time.sleep(seconds)


def dribbles(seconds: float) -> Step:
    """Sends a byte now and then, so that no single wait is long."""

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)

    return step


def breaks_off(body: bytes) -> Step:
    """Promises more than it sends, and hangs up."""

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) + 500))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return step


def floods(size: int) -> Step:
    """An answer without an end that anybody would wait for."""

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(size))
        handler.end_headers()
        for _ in range(size // 65536):
            handler.wfile.write(b" " * 65536)

    return step
