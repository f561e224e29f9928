"""What a page says of itself in JSON-LD (schema.org NewsArticle, LiveBlogPosting), where it says so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

Thing = Mapping[str, Any]

_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting Report WebPage".split()
)
_DEEP = 6  # levels of objects that are looked into


def things(tree: Any) -> list[Thing]:
    """The objects of all JSON-LD blocks of a parsed page, the ones inside others included; broken blocks are none."""
    found: list[Thing] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                told = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            found.extend(_inside(told, _DEEP))
    return found


def article_of(found: list[Thing]) -> Thing:
    """The article that a page is, best named first; an empty one where it does not say."""
    known = [thing for thing in found if _kinds(thing) & _ARTICLES and "headline" in thing]
    return min(known, key=lambda thing: "WebPage" in _kinds(thing), default={})


def live_updates(found: list[Thing]) -> list[Thing]:
    """The posts of a live blog, in the order of the page; none where it is no live blog."""
    for thing in found:
        if "LiveBlogPosting" in _kinds(thing):
            updates = thing.get("liveBlogUpdate")
            return [post for post in updates if isinstance(post, dict)] if isinstance(updates, list) else []
    return []


def text(thing: Thing, *keys: str) -> str | None:
    """The first of these that is a text, or has a name that is one; of several names, all with commas."""
    for key in keys:
        value = thing.get(key)
        values = value if isinstance(value, list) else [value]
        names = [v.get("name") if isinstance(v, dict) else v for v in values]
        told = [name.strip() for name in names if isinstance(name, str) and name.strip()]
        if told:
            return ", ".join(told)
    return None


def day(thing: Thing, key: str) -> dt.date | None:
    """The day of a date or time, where it was written."""
    try:
        return dt.date.fromisoformat(str(thing.get(key))[:10])
    except ValueError:
        return None


def _kinds(thing: Thing) -> set[str]:
    kind = thing.get("@type")
    return {str(k).rpartition("/")[2] for k in (kind if isinstance(kind, list) else [kind])}


def _inside(told: Any, depth: int) -> Iterator[Thing]:
    if isinstance(told, list) and depth:
        for inner in told:
            yield from _inside(inner, depth - 1)
    elif isinstance(told, dict) and depth:
        yield told
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _inside(told.get(key), depth - 1)
