"""A chat completions endpoint of OpenAI's form, asked with patience and read with suspicion.

One question is one POST of JSON and one JSON answer (platform.openai.com/docs/api-reference/chat; vLLM, llama.cpp,
Ollama and others serve the same).  An answer is read up to a size and a time; 429 and 5xx are asked again, after the
time that Retry-After names (RFC 9110, section 10.2.3) or a doubling one; redirects are not followed, so that the key
goes to no other host.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mapgen.errors import ExtractorError, MissingExtraError, OptionsError

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 2_000_000  # bytes
_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)
_DENIED = (401, 403)
Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """The model's words; ``finish`` is why it stopped: "stop", "length", "content_filter", ..."""

    text: str
    finish: str


@dataclass(frozen=True)
class Endpoint:
    """Where the model is asked: ``url`` is the API's base, like http://localhost:11434/v1.  Times in seconds.

    ``timeout_s`` is for one answer; ``patience_s`` the longest wait before a further try, of which there are
    ``retries``.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0
    retries: int = 3
    patience_s: float = 60.0
    wait_s: float = 1.0  # before the first further try, doubled for each one after

    @classmethod
    def of_environment(cls) -> Endpoint:
        """The endpoint that MAPGEN_LLM_URL, _MODEL, _KEY and _TIMEOUT name; raises OptionsError where they do not."""
        url, model = (os.environ.get(f"MAPGEN_LLM_{name}", "").strip() for name in ("URL", "MODEL"))
        if not url or not model:
            raise OptionsError(
                "the extractor llm needs an endpoint: set MAPGEN_LLM_URL (like http://localhost:11434/v1) and "
                "MAPGEN_LLM_MODEL, and MAPGEN_LLM_KEY where it wants a key"
            )
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OptionsError(f"MAPGEN_LLM_URL must be an http or https address, not {url[:200]!r}")
        told = os.environ.get("MAPGEN_LLM_TIMEOUT", "120")
        try:
            timeout_s = float(told)
        except ValueError:
            timeout_s = 0.0
        if not 0 < timeout_s <= 3600:
            raise OptionsError(f"MAPGEN_LLM_TIMEOUT must be seconds, at most 3600, not {told[:40]!r}")
        return cls(url.rstrip("/"), model, os.environ.get("MAPGEN_LLM_KEY") or None, timeout_s)

    def ask(self, messages: Sequence[Message]) -> Reply:
        """The model's reply to ``messages``.

        Raises ExtractorError where there is none: no connection, no time left, refused, no answer of this form; and
        MissingExtraError without httpx.
        """
        httpx = _httpx()
        body = {"model": self.model, "messages": list(messages), "temperature": 0, "stream": False}
        headers = {"Accept-Encoding": "identity"}  # so that what is counted is what is sent
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        timeout = httpx.Timeout(self.timeout_s, connect=min(10.0, self.timeout_s))
        with httpx.Client(timeout=timeout, headers=headers, follow_redirects=False) as client:
            for attempt in range(self.retries + 1):
                last = attempt == self.retries
                try:
                    status, waits, data = self._post(client, body)
                except httpx.HTTPError as error:
                    if last:
                        raise ExtractorError(f"{self._host()}: {_fault(error)}") from error
                    time.sleep(min(self.wait_s * 2**attempt, self.patience_s))
                    continue
                if status == 200:
                    return _reply(data, self._host())
                wait = self.wait_s * 2**attempt if waits is None else waits
                if status not in _AGAIN or last or wait > self.patience_s:
                    raise ExtractorError(f"{self._host()}: {_refusal(status, data, waits)}", final=status in _DENIED)
                time.sleep(wait)
        raise AssertionError("unreachable: the last try returns or raises")

    def _post(self, client: httpx.Client, body: Mapping[str, Any]) -> tuple[int, float | None, bytes]:
        """Status, seconds that the server asks to wait, and the answer's bytes."""
        until = time.monotonic() + self.timeout_s
        data = bytearray()
        with client.stream("POST", f"{self.url}/chat/completions", json=body) as answer:
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > MAX_ANSWER:
                    raise ExtractorError(f"{self._host()}: answered more than {MAX_ANSWER:,} bytes")
                if time.monotonic() > until:
                    raise _httpx().ReadTimeout("the answer did not end")
            return answer.status_code, _retry_after(answer.headers.get("Retry-After")), bytes(data)

    def _host(self) -> str:
        return f"{self.model[:60]} at {urlsplit(self.url).netloc.rpartition('@')[2][:100]}"


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtraError("the extractor llm needs httpx: pip install 'mapgen[llm]'") from error
    return httpx


def _retry_after(told: str | None) -> float | None:
    """The seconds that Retry-After names, as a number or as a date; None where it names none."""
    if not told:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(told) - dt.datetime.now(dt.UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _reply(data: bytes, host: str) -> Reply:
    try:
        choice = json.loads(data)["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ExtractorError(f"{host}: the answer is no chat completion; is MAPGEN_LLM_URL the API's base?") from error
    if refusal or not isinstance(text, str):
        raise ExtractorError(f"{host}: the model refused ({' '.join(str(refusal or 'it said nothing').split())[:200]})")
    return Reply(text, str(choice.get("finish_reason") or "stop"))


def _fault(error: httpx.HTTPError) -> str:
    if isinstance(error, _httpx().TimeoutException):
        return "no answer in time; MAPGEN_LLM_TIMEOUT allows more seconds"
    return f"no answer ({type(error).__name__}: {str(error)[:200]})".replace(": )", ")")


def _refusal(status: int, data: bytes, waits: float | None) -> str:
    """One sentence on an answer that is none, with what the server says of it."""
    said = ""
    try:
        told = json.loads(data)["error"]
        said = f" ({' '.join(str(told['message'] if isinstance(told, dict) else told).split())[:200]})"
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    if status in _DENIED:
        return f"the key was not accepted, status {status}{said}; set MAPGEN_LLM_KEY"
    if status == 404:
        return f"there is no such model or address, status 404{said}"
    later = f"; it asks to wait {waits:.0f} s" if waits is not None else ""
    return f"no answer, status {status}{said}{later}"
