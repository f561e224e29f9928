"""Articles from the web: pages, feeds and live blogs from a real server on loopback, and one that misbehaves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator

import pytest

from mapgen.errors import FetchError, InputError
from mapgen.model import Document, EventCollection, Place
from mapgen.readers import Reading, read
from mapgen.readers.fetch import Limits, fetch
from mapgen.readers.sheets import csv_address

LOCAL = Limits(seconds=2.0, is_allowed=lambda address: address == "127.0.0.1")
WORDS = "Crowds stormed the town hall of Talas on Wednesday, and police answered with tear gas, residents said. "

TOLD = {
    "@context": "https://schema.org",
    "@graph": [{
        "@type": "NewsArticle", "headline": "Unrest in Talas", "datePublished": "2022-01-06T01:30:00+06:00",
        "dateModified": "2022-01-07T08:00:00Z", "inLanguage": "en-GB",
        "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
        "publisher": {"@type": "Organization", "name": "The Paper"},
    }],
}  # fmt: skip
ARTICLE = f"""<!doctype html><html lang="en"><head><title>Talas | Paper</title>
<script type="application/ld+json">{json.dumps(TOLD)}</script>
<script type="application/ld+json">{{broken</script></head>
<body><nav>Home Subscribe</nav><article><h1>Unrest in Talas</h1><p>{WORDS * 3}</p></article></body></html>"""
UPDATES = [
    {"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": f"<p>{WORDS}</p>",
     "datePublished": f"2022-01-0{n}T10:00:00Z", "url": f"https://example.org/live#{n}"} for n in (5, 6, 7)
]  # fmt: skip
LIVE_TOLD = {"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": UPDATES}
LIVE_BY_DATA = f"""<html><head><title>Live</title><script type="application/ld+json">{json.dumps(LIVE_TOLD)}</script>
</head><body><p>Live.</p></body></html>"""
LIVE_BY_BUILD = "<html><head><title>Live: Talas</title></head><body><main>{}</main></body></html>".format(
    "".join(
        f'<div class="post" id="p{n}"><time datetime="2022-01-0{n}T09:00:00Z">09:00</time><h3>Point {n}</h3>'
        f"<p>{WORDS}</p><p>Number {n} of the day.</p></div>"
        for n in (7, 6, 5)
    )
)
COMMENTED = ARTICLE.replace(
    "</article>",
    "</article>"
    + "".join(
        f'<div class="reply"><time datetime="2022-01-0{n}">x</time><p>I disagree with number {n}.</p></div>'
        for n in (1, 2, 3, 4)
    ),
)
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Wire</title><language>en-us</language>
<item><title>Talas</title><link>https://example.org/1</link><pubDate>Wed, 05 Jan 2022 23:30:00 +0600</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{WORDS}</p><p>Second.</p>]]></content:encoded></item>
<item><title>Osh</title><link>https://example.org/2</link><pubDate>Thu, 06 Jan 2022 08:00:00 GMT</pubDate>
<description>Troops left Osh &amp;amp; Naryn.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Wire</title>
<entry><title>Talas</title><link rel="self" href="https://example.org/x"/><link href="https://example.org/3"/>
<author><name>C. Writer</name></author><published>2022-01-05T10:00:00Z</published>
<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed>"""
PACKED = io.BytesIO()
with zipfile.ZipFile(PACKED, "w") as _archive:
    _archive.writestr("a.CSV", "date,place\n2022-01-05,Talas\n")
PAGES: dict[str, tuple[str, str | bytes]] = {
    "/article": ("text/html; charset=utf-8", ARTICLE),
    "/live-told": ("text/html", LIVE_BY_DATA),
    "/live-built": ("text/html", LIVE_BY_BUILD),
    "/commented": ("text/html", COMMENTED),
    "/rss": ("application/rss+xml", RSS),
    "/feed.xml": ("text/xml", ATOM),
    "/table": ("text/csv", "date,place,lat,lon\n2022-01-05,Talas,42.52,72.24\n"),
    "/points.geojson": ("application/json", '{"type": "FeatureCollection", "features": [{"type": "Feature", '
                        '"properties": {"name": "Talas"}, "geometry": {"type": "Point", "coordinates": [72, 42]}}]}'),
    "/packed.CSV.zip": ("application/zip", PACKED.getvalue()),
    "/plain": ("text/plain", WORDS),
    "/empty": ("text/html", "<html><body></body></html>"),
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a real server that has the pages."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = PAGES.get(self.path, ("text/html", None))
            data = body if isinstance(body, bytes) else (body or "none").encode()
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def documents(url: str) -> tuple[Document, ...]:
    found = read(url, limits=LOCAL)
    assert not isinstance(found, EventCollection)
    return (found,) if isinstance(found, Document) else found


def test_a_page_gives_its_article_with_all_that_it_says_of_itself(site: str) -> None:
    (document,) = documents(f"{site}/article")
    assert "stormed the town hall of Talas" in document.text
    assert "Subscribe" not in document.text
    assert (document.title, document.publisher) == ("Unrest in Talas", "The Paper")
    assert (document.author, document.lang) == ("A. Writer, B. Writer", "en")
    assert (document.published, document.modified) == (dt.date(2022, 1, 6), dt.date(2022, 1, 7))
    assert document.url == f"{site}/article"


@pytest.mark.parametrize("path", ["/live-told", "/live-built"])
def test_a_live_blog_is_many_documents_with_their_own_times(site: str, path: str) -> None:
    posts = documents(f"{site}{path}")
    assert sorted(str(post.published) for post in posts) == ["2022-01-05", "2022-01-06", "2022-01-07"]
    assert len({post.doc_id for post in posts}) == 3
    assert all("stormed the town hall" in post.text and "<" not in post.text for post in posts)
    assert len({post.url for post in posts}) == 3
    assert all("#" in (post.url or "") for post in posts)


def test_comments_below_an_article_are_no_live_blog(site: str) -> None:
    (document,) = documents(f"{site}/commented")
    assert document.title == "Unrest in Talas"


def test_a_feed_is_many_documents_with_their_own_times(site: str) -> None:
    first, second = documents(f"{site}/rss")
    assert (first.title, first.url, first.published) == ("Talas", "https://example.org/1", dt.date(2022, 1, 5))
    assert (first.publisher, first.lang) == ("The Wire", "en")
    assert "stormed the town hall" in first.text
    assert "<p>" not in first.text
    assert "Osh & Naryn" in second.text


def test_an_atom_feed_that_is_only_called_xml_is_read(site: str) -> None:
    (entry,) = documents(f"{site}/feed.xml")
    assert (entry.url, entry.author, entry.published) == ("https://example.org/3", "C. Writer", dt.date(2022, 1, 5))


@pytest.mark.parametrize("path", ["/table", "/points.geojson", "/packed.CSV.zip"])
def test_a_table_on_the_web_is_a_table(site: str, path: str) -> None:
    place = Place("Talas", 42.52, 72.24)
    found = read(f"{site}{path}", limits=LOCAL, reading=Reading(lambda name, country: place))
    assert isinstance(found, EventCollection)
    assert found.events[0].places[0].name == "Talas"


def test_plain_text_stays_as_it_is(site: str) -> None:
    assert documents(f"{site}/plain")[0].text == WORDS


def test_a_page_without_text_and_a_missing_one_are_named(site: str) -> None:
    with pytest.raises(InputError, match="no article text"):
        read(f"{site}/empty", limits=LOCAL)
    with pytest.raises(FetchError, match="404"):
        read(f"{site}/missing", limits=LOCAL)


def test_events_of_a_live_blog_are_dated_by_their_posts_and_quoted_by_offset(site: str) -> None:
    from mapgen.pipeline import extract

    for post in documents(f"{site}/live-built"):
        events = extract(post).events
        assert events
        assert all(e.source.doc_id == post.doc_id for e in events)
        assert all(post.text[e.quote_start : e.quote_end] == e.quote for e in events)
        assert {e.when.start for e in events} == {dt.date(2022, 1, 5)}  # the Wednesday before or at each post


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://docs.google.com/spreadsheets/d/1a2b3c4d5e6f/edit#gid=42",
         "https://docs.google.com/spreadsheets/d/1a2b3c4d5e6f/export?format=csv&gid=42"),
        ("https://docs.google.com/spreadsheets/d/1a2b3c4d5e6f/edit?usp=sharing",
         "https://docs.google.com/spreadsheets/d/1a2b3c4d5e6f/export?format=csv"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vT_x/pubhtml?gid=7&single=true",
         "https://docs.google.com/spreadsheets/d/e/2PACX-1vT_x/pub?output=csv&gid=7"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vT_x/pub?output=csv",
         "https://docs.google.com/spreadsheets/d/e/2PACX-1vT_x/pub?output=csv"),
        ("https://example.org/spreadsheets/d/1a2b3c4d5e6f/edit", "https://example.org/spreadsheets/d/1a2b3c4d5e6f/edit"),
    ],
)  # fmt: skip
def test_links_to_google_sheets_become_their_csv(link: str, address: str) -> None:
    assert csv_address(link) == address


@pytest.fixture(scope="module")
def faults(fault_server: str) -> str:
    return f"http://{fault_server}"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/redirect-private", "private address"),
        ("/redirect-file", "not an http or https"),
        ("/redirect-loop", "redirected more than"),
        ("/redirect-chain?n=9", "redirected more than"),
        ("/endless", "larger than|took more than"),
        ("/slow", "took more than"),
        ("/drip-headers", "took more than"),
        ("/no-answer", "took more than"),
        ("/br-lie", "not asked for"),
        ("/short", "broke off"),
        ("/reset", "did not answer|took more than"),
        ("/garbage", "did not answer"),
        ("/status/503", "503"),
        ("/type-exe", "not a page of text"),
        ("/header-flood", "did not answer"),
    ],
)
def test_a_server_that_misbehaves_is_one_sentence_in_good_time(faults: str, path: str, said: str) -> None:
    with pytest.raises(FetchError, match=said) as caught:
        fetch(f"{faults}{path}", LOCAL)
    assert "\n" not in str(caught.value)


def test_a_small_answer_that_inflates_without_end_is_refused(faults: str) -> None:
    with pytest.raises(FetchError, match="larger than"):  # the server needs a while to pack it
        fetch(f"{faults}/gzip-bomb", dataclasses.replace(LOCAL, seconds=60.0))


@pytest.mark.parametrize("path", ["/ok", "/redirect-chain?n=3", "/meta-refresh", "/cookie-bomb"])
def test_an_odd_but_honest_answer_is_read(faults: str, path: str) -> None:
    (document,) = documents(f"{faults}{path}")
    assert "Protesters filled the main square of Almaty" in document.text


def test_a_page_in_another_encoding_than_it_claims_is_read(faults: str) -> None:
    (document,) = documents(f"{faults}/charset-lie")
    assert "Алматы" in document.text


def test_loopback_is_refused_without_the_allowance(faults: str) -> None:
    with pytest.raises(FetchError, match="private"):
        read(f"{faults}/ok")
