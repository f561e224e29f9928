"""Web pages ─► the article in them, or the posts of a live blog, with what the page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from mapgen.errors import InputError
from mapgen.model import Document
from mapgen.readers import jsonld
from mapgen.readers.decoding import decode
from mapgen.readers.posts import live_posts

MAX_HTML = 10_000_000  # bytes; more is no article
_LEAST_SHARE = 0.5  # of the text that the page's own data gives; a page that shows less is drawn by its scripts
# Encodings that a page may claim (WHATWG Encoding Standard); UTF-7 is not among them: it hides markup.
_TRUSTED = frozenset(
    "windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 "
    "windows-1258 windows-874 iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 koi8-r koi8-u "
    "shift_jis euc-jp iso-2022-jp euc-kr gbk gb2312 gb18030 big5".split()
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # lxml refuses a whole page for one of these
_META_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""")


def read_page(data: bytes, where: str, url: str | None = None) -> list[Document]:
    """The article of a page, or the posts of a live blog, a document each; raises InputError."""
    from trafilatura import bare_extraction, html2txt

    if len(data) > MAX_HTML:
        raise InputError(f"{where}: is a page of more than {MAX_HTML // 10**6} MB; save the article's text alone")
    try:
        tree = _tree(_CONTROL.sub(" ", _decoded(data, where)))
        if tree is None:
            return [Document("", "")]
        _clear(tree)
        found: Any = bare_extraction(tree, url=url, include_comments=False, with_metadata=True)
        text = (found.text if found else None) or html2txt(tree) or ""
    except RecursionError as error:
        raise InputError(f"{where}: is nested too deeply to be read; save the article's text alone") from error
    things = jsonld.things(tree)
    whole = _described(Document("", text), found.as_dict() if found else {}, jsonld.article_of(things))
    return live_posts(tree, things, whole) or [whole]


def _clear(tree: Any) -> None:
    """Take out control characters that were written as references ("&#12;"), which lxml would not write again."""
    for element in tree.iter():
        if element.text and _CONTROL.search(element.text):
            element.text = _CONTROL.sub(" ", element.text)
        if element.tail and _CONTROL.search(element.tail):
            element.tail = _CONTROL.sub(" ", element.tail)
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            if _CONTROL.search(value):
                element.set(name, _CONTROL.sub(" ", value))


def _tree(markup: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(markup, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)  # lxml takes no text that declares an encoding
        try:
            return html.document_fromstring(markup)
        except (etree.ParserError, ValueError):
            return None


def _described(document: Document, told: dict[str, Any], article: jsonld.Thing) -> Document:
    """The document with what JSON-LD says of the article, else what trafilatura found."""
    body = jsonld.text(article, "articleBody") or ""
    return Document(
        "",
        body if len(document.text) < _LEAST_SHARE * len(body) else document.text,
        title=jsonld.text(article, "headline") or told.get("title") or None,
        url=told.get("url") or jsonld.text(article, "url") or None,
        publisher=jsonld.text(article, "publisher") or told.get("sitename") or told.get("hostname") or None,
        published=jsonld.day(article, "datePublished") or _day(told.get("date")),
        lang=_language(jsonld.text(article, "inLanguage") or told.get("language")),
        author=jsonld.text(article, "author", "creator") or told.get("author") or None,
        modified=jsonld.day(article, "dateModified"),
    )


def _language(told: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("en-GB")."""
    code = (told or "").strip().lower().replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def _decoded(data: bytes, where: str) -> str:
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


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
