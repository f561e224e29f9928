"""Kinds of values, and options that several commands have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg]
    """A calendar day, like 2022-01-06."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date like 2022-01-06", param, ctx)


class Point(click.ParamType):  # type: ignore[type-arg]
    """A point in degrees, like 43.25,76.9: latitude first."""

    name = "point"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        if isinstance(value, tuple):
            return value
        try:
            lat, lon = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not LAT,LON in degrees, like 43.25,76.9", param, ctx)
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            self.fail(f"{value!r} is not on the globe: latitude first, at most 90, then longitude", param, ctx)
        return lat, lon


class Column(click.ParamType):  # type: ignore[type-arg]
    """A field of an event and the column that holds it, like place=Город."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        field, equals, column = str(value).partition("=")
        if not (field and equals and column):
            self.fail(f"{value!r} is not FIELD=COLUMN, like place=Город", param, ctx)
        return field, column


class Output(click.Path):
    """A file to write when the work is done, which is refused before it where it could not be written."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from mapgen.atomic import check_writable

        check_writable(Path(value))
        return Path(value)


gazetteers_option = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="FILE",
    help="Names of your own beside the packaged ones: CSV, GeoJSON or a compiled .bin; may be repeated.",
)
ner_option = click.option(
    "--ner", metavar="PIPELINE", help="A spaCy pipeline that recognises the places (mapgen[ner])."
)


def inputs_options(command: _Command) -> _Command:
    """Inputs and what is done with them; options that are not parameters of the command set fields of Options."""
    options = (
        click.argument("inputs", nargs=-1, metavar="INPUT..."),
        click.option("--published", type=Day(), metavar="DATE", help="When the articles were published: 2022-01-06."),
        click.option("--options", "options_file", type=click.Path(path_type=Path), help="A map.toml."),
        click.option(
            "--geocoder", metavar="NAME", help="A geopy service for names of tables that the gazetteer lacks."
        ),
        click.option("--service-first", is_flag=True, default=None, help="Ask that service before the gazetteer."),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            type=Column(),
            help="The column of a table that holds a field, like place=Город; may be repeated.",
        ),
        gazetteers_option,
        ner_option,
        click.option("--extractor", metavar="NAME", help="Another reader of articles: llm, or an installed one."),
        click.option("--report", type=Output(), help="List what was skipped in this CSV file."),
        click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON on standard output."),
    )
    for option in reversed(options):
        command = option(command)
    return command
