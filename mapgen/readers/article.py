"""Articles: plain text, Markdown, HTML (by trafilatura) and JSON ─► Document."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import PurePath
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Document
from mapgen.readers.decoding import decode

MAX_HTML = 10_000_000  # bytes; more is no article
_FURNITURE = re.compile(r"(?i)^\W*(skip to|share|menu|subscribe|sign (in|up)|log in|home|source|photo|image)\b")
# Encodings that a page may claim (WHATWG Encoding Standard); UTF-7 is not among them: it hides markup.
_TRUSTED = frozenset(
    "windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 "
    "windows-1258 windows-874 iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 koi8-r koi8-u "
    "shift_jis euc-jp iso-2022-jp euc-kr gbk gb2312 gb18030 big5".split()
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # lxml refuses a whole page for one of these
_META_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""")


def read_article(
    data: bytes, where: str, kind: str, published: dt.date | None = None, url: str | None = None
) -> Document:
    """The article in ``data``, which is "text", "html" or "json"; raises InputError where there is no text in it."""
    if kind == "html":
        document = _from_html(data, where)
    elif kind == "json":
        document = _from_json(decode(data, where), where)
    else:
        text = decode(data, where)
        document = Document("", text, title=_first_line(text))
    if not document.text.strip():
        raise InputError(f"{where}: holds no article text; give a page with running text")
    return Document(
        doc_id=document.doc_id or _doc_id(where, document.text),
        text=document.text,
        title=document.title,
        url=url or document.url,
        publisher=document.publisher,
        published=document.published or published,
        lang=document.lang,
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


def _from_html(data: bytes, where: str) -> Document:
    from trafilatura import bare_extraction, html2txt

    if len(data) > MAX_HTML:
        raise InputError(f"{where}: is a page of more than {MAX_HTML // 10**6} MB; save the article's text alone")
    markup = _CONTROL.sub(" ", _decoded_html(data, where))
    try:
        found: Any = bare_extraction(markup, include_comments=False, with_metadata=True)
        text = (found.text if found else None) or html2txt(markup) or ""
    except RecursionError as error:
        raise InputError(f"{where}: is nested too deeply to be read; save the article's text alone") from error
    fields: dict[str, Any] = found.as_dict() if found else {}
    return Document(
        "",
        text,
        title=fields.get("title") or None,
        url=fields.get("url") or None,
        publisher=fields.get("sitename") or fields.get("hostname") or None,
        published=_day(fields.get("date")),
        lang=fields.get("language") or None,
    )


def _decoded_html(data: bytes, where: str) -> str:
    """The markup as text: by a byte-order mark or UTF-8, else by what the page says, else by likelihood."""
    named = _META_CHARSET.search(data[:2048])
    encoding = named.group(1).decode("ascii").lower() if named else ""
    if encoding in _TRUSTED and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not _is_utf8(data):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8; the escapes of ISO-2022 are not, though every one of them is ASCII."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x1b$" not in data


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
