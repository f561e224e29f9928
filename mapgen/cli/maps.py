"""``mapgen map`` and ``mapgen events``: articles and tables in, a page or data out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from mapgen.cli.parameters import Output, inputs_options
from mapgen.cli.report import report_collection, say
from mapgen.errors import MapgenError, OptionsError
from mapgen.model import EventCollection
from mapgen.options import Options

_MANY = 5  # inputs from which on a terminal is shown how far the reading is


@click.command("map")
@inputs_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The HTML file; default: beside the input.")
@click.option("--title", help="The title over the map; default: the article's own.")
@click.option(
    "--basemap", help="offline (default, no request to anyone), a keyless tile provider's name, or a .pmtiles file."
)
@click.option("--allow-remote", is_flag=True, help="The map may read a .pmtiles basemap from its address when opened.")
@click.option("--lang", help="Language of the page's interface: an ISO 639-1 code.")
@click.option("--overlay", "overlays", multiple=True, metavar="FILE",
              help="GeoJSON of your own, drawn under the events; may be repeated.")  # fmt: skip
@click.option("--image", type=Output(), help="Also write a picture: a .png or .svg file.")
@click.option("--watch", is_flag=True, help="Make the map again whenever the map.toml or an input changes.")
@click.option("--with-text", is_flag=True, default=None, help="Show the articles' text too, events marked, if you may.")
def map_command(
    inputs: tuple[str, ...],
    options_file: Path | None,
    report: Path | None,
    as_json: bool,
    output: Path | None,
    image: Path | None,
    watch: bool,
    allow_remote: bool,
    **given: Any,
) -> int:
    """Make a map: one self-contained HTML file.

    \b
    mapgen map article.txt --published 2022-01-06 -o map.html
    """
    options_file, inputs = _folder(options_file, inputs)
    if not watch:
        return _make_map(inputs, options_file, report, as_json, output, image, allow_remote, given)
    from mapgen.watch import state, wait_for_change

    while True:
        before = state(_watched(inputs, options_file, given["overlays"]))
        try:
            _make_map(inputs, options_file, report, as_json, output, image, allow_remote, given)
        except MapgenError as error:
            say(str(error))
        say("watching for changes; Ctrl-C ends it.")
        wait_for_change(before)


def _make_map(
    inputs: tuple[str, ...],
    options_file: Path | None,
    report: Path | None,
    as_json: bool,
    output: Path | None,
    image: Path | None,
    allow_remote: bool,
    given: dict[str, Any],
) -> int:
    import dataclasses

    from mapgen.exporters.html import EventMap
    from mapgen.exporters.image import check_picture, save_picture

    if image:
        check_picture(image)
    options = _options(options_file, **given)
    sources = _sources(inputs, options)
    output = output or _beside(sources[0], options_file)
    collection = _collect(sources, options)
    if not collection.events and not any(collection.mentions.values()):
        return report_collection(collection, sources, report, as_json, None)
    event_map = EventMap(
        collection,
        title=options.title or _title(collection),
        basemap=options.basemap,
        lang=options.lang,
        types=options.event_types(),
        presets=options.presets,
        story=options.story,
        with_text=options.with_text,
        overlays=options.overlays,
        allow_remote=allow_remote,
    )
    event_map.save(output)
    collection = dataclasses.replace(collection, notes=(*collection.notes, *event_map.notes))
    if image:
        save_picture(output, image, event_map.to_svg())
    if not as_json:
        click.echo(str(output))
    return report_collection(collection, sources, report, as_json, str(output))


@click.command()
@inputs_options
@click.option("-o", "--output", required=True, metavar="OUT",
              help="A .geojson, .csv, .xlsx, .gpkg, .parquet, .kml, .acled.csv, .timemap.csv or .storymap.json file, "
              "or - for GeoJSON.")  # fmt: skip
def events(
    inputs: tuple[str, ...],
    options_file: Path | None,
    report: Path | None,
    as_json: bool,
    output: str,
    **given: Any,
) -> int:
    """Extract the events as data.

    \b
    mapgen events article.txt --published 2022-01-06 -o events.geojson
    """
    from mapgen.exporters import export, exportable

    options_file, inputs = _folder(options_file, inputs)
    options = _options(options_file, **given)
    sources = _sources(inputs, options)
    if output != "-":
        exportable(Path(output))
    elif as_json:
        raise OptionsError("-o - writes GeoJSON to standard output, so there is no room for --json; give -o a file")
    collection = _collect(sources, options)
    lost: list[str] = []
    if output == "-":
        from mapgen.layers import to_geojson

        click.echo(json.dumps(to_geojson(collection), ensure_ascii=False, indent=1))
    else:
        lost = export(collection, Path(output))
    return report_collection(collection, sources, report, as_json, output, lost)


def _options(
    path: Path | None,
    columns: Iterable[tuple[str, str]] = (),
    gazetteers: tuple[str, ...] = (),
    overlays: tuple[str, ...] = (),
    **given: Any,
) -> Options:
    import dataclasses

    options = Options.load(path) if path else Options()
    options = dataclasses.replace(
        options,
        columns={**options.columns, **dict(columns)},
        gazetteers=(*options.gazetteers, *gazetteers),
        overlays=(*options.overlays, *overlays),
    )
    return dataclasses.replace(options, **{key: value for key, value in given.items() if value is not None})


def _watched(inputs: tuple[str, ...], options_file: Path | None, overlays: tuple[str, ...] = ()) -> list[Path]:
    """The files that a map is made of; raises OptionsError for standard input, which comes only once."""
    if "-" in inputs:
        raise OptionsError("standard input comes only once and cannot be watched; name a file")
    try:
        options = Options.load(options_file) if options_file else Options()
    except OptionsError:
        options = Options()  # what is wrong is said when the map is made
    sources = (*(inputs or options.inputs), *options.overlays, *overlays)
    files = [options_file] if options_file else []
    return [*files, *(Path(source) for source in sources if "://" not in source)]


def _sources(inputs: tuple[str, ...], options: Options) -> tuple[str, ...]:
    sources = inputs or options.inputs
    if not sources:
        raise OptionsError("no input was given; name an article, a URL or a table, or - for standard input")
    return sources


def _collect(sources: tuple[str, ...], options: Options) -> EventCollection:
    from mapgen.pipeline import collect

    with click.progressbar(
        sources, label="reading", file=sys.stderr, hidden=len(sources) < _MANY or not sys.stderr.isatty()
    ) as read:
        return collect(read, options)


def _folder(options_file: Path | None, inputs: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """A folder with a map.toml in it stands for that file and the inputs that it names."""
    if not options_file and len(inputs) == 1 and (Path(inputs[0]) / "map.toml").is_file():
        return Path(inputs[0]) / "map.toml", ()
    return options_file, inputs


def _beside(source: str, options_file: Path | None) -> Path:
    if options_file:
        return options_file.with_name("index.html")
    if source == "-" or "://" in source:
        return Path("map.html")
    path = Path(source)
    return path.with_suffix(".map.html" if path.suffix.lower() in (".html", ".htm") else ".html")


def _title(collection: EventCollection) -> str | None:
    titles = [document.title for document in collection.documents if document.title]
    return titles[0] if len(titles) == 1 else None
