"""Links to Google Sheets ─► the address of the same sheet as CSV."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_SHEET = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(e/)?([\w-]{10,})")


def csv_address(url: str) -> str:
    """The CSV export of a Google Sheets link (its own tab, where the link names one); any other address as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all, which fetching it will say
        return url
    found = _SHEET.match(parts.path) if parts.hostname == "docs.google.com" else None
    if not found or (parts.path.endswith(("/export", "/pub")) and "csv" in parts.query):
        return url
    named = {**parse_qs(parts.fragment), **parse_qs(parts.query)}
    tab = f"&gid={named['gid'][0]}" if named.get("gid", [""])[0].isdigit() else ""
    published, key = found.groups()
    if published:
        return f"https://docs.google.com/spreadsheets/d/e/{key}/pub?output=csv{tab}"
    return f"https://docs.google.com/spreadsheets/d/{key}/export?format=csv{tab}"
