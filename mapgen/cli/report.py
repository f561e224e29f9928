"""What the commands say: on standard error for people, as JSON for programs; the exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import click

from mapgen.model import EventCollection, Skipped

DONE, INCOMPLETE, FAILED = 0, 1, 2
_LONGEST = 1_500  # characters of a sentence
_LISTED = 20  # skipped things named one by one on stderr; the rest is counted


def report_collection(
    collection: EventCollection,
    sources: tuple[str, ...],
    report: Path | None,
    as_json: bool,
    output: str | None,
    lost: Iterable[str] = (),
) -> int:
    """Say what was assumed, found, left out and lost in the form of the output; the exit code.

    ``output`` None: no file was written.
    """
    located = collection.located
    if as_json:
        skipped = [{"where": row.where, "reason": row.reason} for row in collection.skipped]
        told = {
            "output": output,
            "events": len(collection.events),
            "located": located,
            "lost": list(lost),
            "notes": list(collection.notes),
        }
        click.echo(json.dumps({**told, "skipped": skipped}, ensure_ascii=False))
        write_report(collection.skipped, report)
    else:
        say(_found(collection, sources, output, located))
        for note in collection.notes:
            say(note)
        for sentence in lost:
            say(f"{output}: {sentence}; GeoJSON keeps everything.")
        list_skipped(collection.skipped, report)
    return INCOMPLETE if collection.skipped or not collection.events else DONE


def _found(collection: EventCollection, sources: tuple[str, ...], output: str | None, located: int) -> str:
    if collection.events:
        return f"{len(collection.events)} events, {located} of them located."
    if output is None:
        return f"{_named(sources)}: no place and no event found, so there is nothing to map and no file was written."
    found = "only places" if any(collection.mentions.values()) else "and no place either"
    return f"{_named(sources)}: no event found, {found}."


def _named(sources: tuple[str, ...]) -> str:
    return sources[0] if len(sources) == 1 else f"{len(sources)} inputs"


def list_skipped(skipped: Iterable[Skipped], report: Path | None, count: int | None = None) -> None:
    """Name the first of what was skipped; ``count`` where there was more than is listed."""
    rows = list(skipped)
    write_report(rows, report)
    if not rows:
        return
    count = count or len(rows)
    say(f"{count:,} skipped:")
    for row in rows[:_LISTED]:
        say(f"  {row.where}: {row.reason}")
    if count > _LISTED:
        told = "them all" if count == len(rows) else f"the first {len(rows):,}"
        say(f"  … and {count - _LISTED:,} more; --report FILE.csv lists {told}")


def write_report(skipped: Iterable[Skipped], report: Path | None) -> None:
    if report:
        from mapgen.exporters.csv import write_rows

        write_rows(report, ("where", "reason"), ((row.where, row.reason) for row in skipped))


def say(sentence: str) -> None:
    """Print to stderr; control and direction characters of an input never reach the terminal, nor does all of a long
    one."""
    sentence = sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST // 2]} … {sentence[-_LONGEST // 2 :]}"
    click.echo(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", "�", sentence), err=True)


def text_of(source: str) -> str:
    from mapgen.readers import read_text

    return read_text(source)


def write_lines(output: str, lines: Iterable[str]) -> None:
    if output == "-":
        for line in lines:
            click.echo(line)
        return
    from mapgen.atomic import replacing

    with replacing(Path(output)) as file:
        for line in lines:
            file.write(f"{line}\n".encode())
