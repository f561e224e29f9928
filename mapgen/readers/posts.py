"""Feeds and live blogs ─► many documents, each with its own time.

A live blog says what it is in JSON-LD (schema.org LiveBlogPosting), or is told by its build: three or more
neighbours of one kind, each with a time of its own and running text, that make up most of the page's text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Document
from mapgen.readers import jsonld
from mapgen.readers.xml import root_of, tag

_LEAST_POSTS = 3
_LEAST_TEXT = 40  # characters of a post
_LEAST_SHARE = 0.5  # of the page's text that its posts must be
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote td pre figcaption".split())
_UNREAD = frozenset("script style time noscript template svg button form nav".split())
_ENTRIES = ("item", "entry")
_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "updated", "issued")


def is_feed(head: bytes) -> bool:
    """Whether a file begins like RSS, Atom or RSS 1.0."""
    return bool(re.match(rb"(?s)\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:RDF)[\s>]", head[:4000]))


def feed_documents(data: bytes, where: str) -> list[Document]:
    """The entries of a feed; raises InputError where it is broken or has none with text."""
    root = root_of(data.lstrip(), where)
    channel = next((e for e in root.iter() if tag(e) in ("channel", "feed")), root)
    publisher = next((_own_text(e) for e in channel if tag(e) == "title"), None)
    lang = next((_own_text(e) for e in channel if tag(e) == "language"), None) or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    entries = [_entry(e, publisher, (lang or "")[:2].lower() or None) for e in root.iter() if tag(e) in _ENTRIES]
    found = [entry for entry in entries if entry.text.strip()]
    if not found:
        raise InputError(f"{where}: is a feed without an entry that has text")
    return found


def _entry(element: Any, publisher: str | None, lang: str | None) -> Document:
    told = {tag(child): child for child in reversed(list(element))}
    body = max((_plain(_markup(told[key])) for key in _BODIES if key in told), key=len, default="")
    title = _plain(_markup(told["title"])) if "title" in told else ""
    links = [child for child in element if tag(child) == "link"]
    link = next((e.get("href") or _own_text(e) for e in links if e.get("rel", "alternate") == "alternate"), None)
    author = told.get("creator", told.get("author"))
    name = next((_own_text(e) for e in author if tag(e) == "name"), _own_text(author)) if author is not None else None
    date = next((day for key in _DATES if key in told and (day := _date(_own_text(told[key])))), None)
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
    return Document("", text, title=title or None, url=link or None, publisher=publisher or None, published=date,
                    lang=lang, author=name or None)  # fmt: skip


def _own_text(element: Any) -> str:
    return (element.text or "").strip()


def _markup(element: Any) -> str:
    """The content of an element: its text, or for Atom's XHTML all the text inside."""
    return element.text or "" if len(element) == 0 else "\n".join(filter(str.strip, element.itertext()))


def _date(text: str) -> dt.date | None:
    """A date of RFC 822 or RFC 3339, as its place counts it."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, ValueError):
        return None


def _plain(markup: str) -> str:
    """Text that may hold HTML, as text."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree, html

    try:
        return _running_text(html.fragment_fromstring(markup, create_parent="div"))
    except (etree.ParserError, ValueError):
        return markup.strip()


def live_posts(tree: Any, things: list[jsonld.Thing], page: Document) -> list[Document]:
    """The posts of a live blog, in the page's order; none where the page is no live blog."""
    told = [_told_post(post, page) for post in jsonld.live_updates(things)]
    posts = [post for post in told if post.text.strip()]
    return posts or _built_posts(tree, page)


def _told_post(post: jsonld.Thing, page: Document) -> Document:
    headline = _plain(jsonld.text(post, "headline") or "")
    body = _plain(jsonld.text(post, "articleBody", "text", "description") or "")
    return dataclasses.replace(
        page,
        text=f"{headline}\n\n{body}".strip() if headline and not body.startswith(headline) else body,
        title=headline or page.title,
        url=jsonld.text(post, "url", "@id") or page.url,
        published=jsonld.day(post, "datePublished") or page.published,
        author=jsonld.text(post, "author") or page.author,
    )


def _built_posts(tree: Any, page: Document) -> list[Document]:
    """Posts told by how the page is built."""
    parents: dict[Any, list[Any]] = {}
    for time in tree.iter("time"):
        if _time_of(time):
            inner = time
            for outer in time.iterancestors():
                children = parents.setdefault(outer, [])
                if inner not in children[-1:]:
                    children.append(inner)
                inner = outer
    for children in sorted(parents.values(), key=len, reverse=True):
        kinds = [child.tag for child in children]
        posts = [child for child in children if child.tag == max(set(kinds), key=kinds.count)]
        if len(posts) < _LEAST_POSTS or "comment" in (posts[0].get("class") or "").lower():
            continue
        found = [_built_post(post, page) for post in posts]
        long_enough = [post for post in found if len(post.text) >= _LEAST_TEXT]
        if len(long_enough) >= _LEAST_POSTS and _is_most(long_enough, page.text):
            return long_enough
    return []


def _is_most(posts: list[Document], text: str) -> bool:
    """Whether posts make up most of a page's text."""
    words = set(re.findall(r"\w{4,}", text))
    told = {word for post in posts for word in re.findall(r"\w{4,}", post.text)}
    return len(words & told) >= _LEAST_SHARE * len(words) and sum(len(p.text) for p in posts) >= 300


def _built_post(element: Any, page: Document) -> Document:
    time = next(e for e in element.iter("time") if _time_of(e))
    heading = next((e for e in element.iter("h1", "h2", "h3", "h4") if e.text_content().strip()), None)
    anchor = element.get("id")
    return dataclasses.replace(
        page,
        text=_running_text(element),
        title=" ".join(heading.text_content().split()) if heading is not None else page.title,
        url=f"{page.url.partition('#')[0]}#{anchor}" if page.url and anchor else page.url,
        published=_time_of(time) or page.published,
    )


def _time_of(element: Any) -> dt.date | None:
    return _date((element.get("datetime") or "").strip())


def _running_text(element: Any) -> str:
    """The text of an element, a line for each block; times, scripts and buttons left out."""
    lines = [" ".join("".join(part).split()) for part in _blocks(element)]
    return "\n".join(line for line in lines if line)


def _blocks(element: Any) -> Iterator[list[str]]:
    """The texts of an element's blocks, each as its pieces."""
    block: list[str] = []
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        here, is_left = waiting.pop()
        is_block = here.tag in _BLOCKS or here.tag in ("div", "section", "article", "br", "tr", "ul", "ol")
        if is_left:
            if is_block:
                yield block
                block = []
            block.append(here.tail or "" if here is not element else "")
            continue
        if is_block:
            yield block
            block = []
        waiting.append((here, True))
        if isinstance(here.tag, str) and here.tag not in _UNREAD:
            block.append(here.text or "")
            waiting.extend((child, False) for child in reversed(here))
    yield block
