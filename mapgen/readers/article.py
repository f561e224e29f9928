"""Articles ─► Document: plain text, Markdown and JSON here; web pages, feeds, PDF and DOCX in their own modules."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from pathlib import PurePath

from mapgen.errors import InputError
from mapgen.model import Document
from mapgen.readers.decoding import decode

_FURNITURE = re.compile(r"(?i)^\W*(skip to|share|menu|subscribe|sign (in|up)|log in|home|source|photo|image)\b")


def read_article(
    data: bytes, where: str, kind: str, published: dt.date | None = None, url: str | None = None
) -> Document | tuple[Document, ...]:
    """The article in ``data``, of kind "text", "html", "json", "feed", "pdf" or "docx"; the posts where it is many.

    Raises InputError where there is no text in it.
    """
    if kind == "html":
        from mapgen.readers.page import read_page

        found = read_page(data, where, url)
    elif kind == "feed":
        from mapgen.readers.posts import feed_documents

        found = feed_documents(data, where)
    elif kind in ("pdf", "docx"):
        from mapgen.readers import papers

        found = [papers.read_pdf(data, where) if kind == "pdf" else papers.read_docx(data, where)]
    elif kind == "json":
        found = [_from_json(decode(data, where), where)]
    else:
        text = decode(data, where)
        found = [Document("", text, title=_first_line(text))]
    is_one = len(found) == 1 and kind != "feed"  # several, and the entries of a feed, have addresses of their own
    documents = tuple(
        _completed(document, where, published, url if is_one else document.url or url)
        for document in found
        if document.text.strip()
    )
    if not documents:
        raise InputError(f"{where}: holds no article text; give a page with running text")
    return documents[0] if is_one else documents


def _completed(document: Document, where: str, published: dt.date | None, url: str | None) -> Document:
    return dataclasses.replace(
        document,
        doc_id=document.doc_id or _doc_id(where, document.text),
        url=url or document.url,
        published=document.published or published,
    )


def _doc_id(where: str, text: str) -> str:
    """A stable id of a document: the file's name and a digest of its text."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
    stem = re.sub(r"[^\w.-]+", "-", PurePath(where).stem)[:40].strip("-.")
    return f"{stem or 'text'}-{digest}"


def _first_line(text: str) -> str | None:
    """The title of a plain text: its first line, where that reads like a headline."""
    for line in text.splitlines()[:5]:
        line = line.strip().lstrip("#").strip()
        if not line or _FURNITURE.match(line) or len(line.split()) < 3:
            continue
        return line if len(line) <= 200 and not line.endswith((".", "!", ":", ",")) else None
    return None


def _from_json(text: str, where: str) -> Document:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: is not valid JSON; give an object with the article's text") from error
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise InputError(f'{where}: is JSON without a "text"; give an object like {{"title": …, "text": …}}')

    def word(key: str) -> str | None:
        return told[key] if isinstance(told.get(key), str) and told[key].strip() else None

    return Document(
        word("doc_id") or "",
        told["text"],
        title=word("title"),
        url=word("url"),
        publisher=word("publisher"),
        published=_day(word("published") or word("date")),
        lang=word("lang"),
    )


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
