"""What stands in the data is text: nothing of it runs, loads, navigates or becomes an element."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.exporters.html import EventMap
from mapgen.exporters.page import escaped_json
from mapgen.model import Claim, Document, Event, EventCollection, Figure, Place, Source
from mapgen.taxonomy import TYPES, EventType
from tests.browser.events import OSLO, on

pytestmark = pytest.mark.browser

PAYLOADS = (
    "{{ 7777 * 1111 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "</script><script>window.__ran = 1</script>",
    "</title></style></noscript><script>window.__ran = 1</script>",
    "<img src=x onerror='window.__ran = 1'>",
    "<svg/onload=window.__ran=1>",
    '"><iframe srcdoc="<script>parent.__ran = 1</script>">',
    "<!--<script>window.__ran = 1",
    "]]> --> \\u003cscript\\u003e ${window.__ran = 1} `${window.__ran = 1}`",
    "line\u2028separators\u2029and\u0000nul\u202eoverride",
    "lone \ud800 surrogate",
    "__proto__",
    "constructor",
    "javascript:window.__ran=1",
    "data:text/html,<script>parent.__ran=1</script>",
)  # fmt: skip


LOOK = """() => ({
  ran: window.__ran ?? null,
  polluted: (() => { for (const key in {}) return key; return null })(),
  links: [...document.links].map(link => link.protocol).filter(protocol => !/^https?:$/.test(protocol)),
  foreign: document.querySelectorAll("iframe, object, embed, base, img, form, script[src], #mapgen script").length,
  handlers: [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/.test(a.name))).length,
})"""


def poisoned(*texts: str) -> EventCollection:
    events = []
    for n, text in enumerate(texts):
        place = OSLO.at("site")
        source = Source(text, text, text, None, text)
        events.append(Event(
            "protest", text, "reported", text, on(10 + n % 5), (text, text),
            {"killed": Figure(None, None, None, "vague", text)},
            (Place(text, place.lat, place.lon + n, role="site", country=text, admin1=text, gazetteer=text),
             Place(text, 61.0, 11.0 + n, role="origin", granularity="region", gazetteer=text)),
            text, 0, 1, source, (Claim(text, 0, 1, "denied", text, source),), note=text, event_id=text,
        ))  # fmt: skip
    documents = [Document(f"d{n}", text, text, text, text) for n, text in enumerate(texts)]
    return EventCollection(tuple(events), tuple(documents))


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 5))
def test_hostile_text_stays_text(make: Callable[..., Path], watch: Callable[..., Any], first: int) -> None:
    payloads = PAYLOADS[first : first + 5]
    types = {"protest": EventType("protest", "unrest", payloads[0], "", "", "", payloads[-1])}
    path = make(poisoned(*payloads), title=payloads[1], types=types)
    page = watch(path)
    page.tab.locator(".mapgen-marker").first.hover()
    for n in range(len(payloads)):
        page.tab.evaluate("n => window.mapgen.select(window.mapgen.visible()[n])", n)
        assert page.tab.evaluate(LOOK) == {"ran": None, "polluted": None, "links": [], "foreign": 0, "handlers": 0}
        assert page.tab.locator(".card h2").count() == 1
    text = path.read_text(encoding="utf-8")
    assert "8640247" not in text  # 7777 * 1111
    assert not [payload for payload in payloads if payload in text and re.search("[{}<>&]", payload)]


def test_the_json_block_holds_no_active_character_and_reads_back_the_same() -> None:
    data = {"a<b": ["{x}", "&amp;", "</script>", "\u2028", '"\\"{', "\\{"], "n": {"deep": "}"}}
    text = escaped_json(data)
    assert json.loads(text) == data
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', text)
    assert not re.search("[{}<>&\u2028\u2029]", "".join(strings))


def test_the_page_carries_a_policy_by_hash_that_allows_nothing_else() -> None:
    page = EventMap(poisoned("x"), types=TYPES).render()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_script_that_gets_into_the_page_does_not_run(make: Callable[..., Path], chromium: Any) -> None:
    path = make(poisoned("x"))
    path.write_text(path.read_text("utf-8").replace("</body>", "<script>window.__ran = 1</script></body>"), "utf-8")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    tab.evaluate("() => window.mapgen.ready")
    assert tab.evaluate("() => window.__ran") is None
    with pytest.raises(Exception, match="TrustedHTML"):
        tab.evaluate("() => { document.body.innerHTML = '<b>x</b>' }")
    tab.close()
