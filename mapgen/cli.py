"""The command line: the only printing and exit codes.

Exit codes: 0 done; 1 done, but something was skipped or nothing was found; 2 nothing could be done.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from mapgen.errors import InputError, MapgenError, OptionsError
from mapgen.model import EventCollection, GazetteerEntry, Skipped
from mapgen.options import Options

DONE, INCOMPLETE, FAILED = 0, 1, 2
_MANY = 5  # inputs from which on a terminal is shown how far the reading is
_LISTED = 20  # skipped things named one by one on stderr; the rest is counted

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A calendar day, like 2022-01-06."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date like 2022-01-06", param, ctx)


class _Point(click.ParamType):  # type: ignore[type-arg]
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


class _Column(click.ParamType):  # type: ignore[type-arg]
    """A field of an event and the column that holds it, like place=Город."""

    name = "column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        field, equals, column = str(value).partition("=")
        if not (field and equals and column):
            self.fail(f"{value!r} is not FIELD=COLUMN, like place=Город", param, ctx)
        return field, column


_gazetteers = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="FILE",
    help="Names of your own beside the packaged ones: CSV, GeoJSON or a compiled .bin; may be repeated.",
)
_ner = click.option("--ner", metavar="PIPELINE", help="A spaCy pipeline that recognises the places (mapgen[ner]).")


def _inputs(command: _Command) -> _Command:
    """Inputs and what is done with them; options that are not parameters of the command set fields of Options."""
    options = (
        click.argument("inputs", nargs=-1, metavar="INPUT..."),
        click.option("--published", type=_Day(), metavar="DATE", help="When the articles were published: 2022-01-06."),
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
            type=_Column(),
            help="The column of a table that holds a field, like place=Город; may be repeated.",
        ),
        _gazetteers,
        _ner,
        click.option("--extractor", metavar="NAME", help="Another reader of articles: llm, or an installed one."),
        click.option("--report", type=click.Path(path_type=Path), help="List what was skipped in this CSV file."),
        click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON on standard output."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mapgen", prog_name="mapgen")
def cli() -> None:
    """Turn reporting into interactive maps.

    \b
    mapgen map article.txt --published 2022-01-06 -o map.html
    mapgen events article.txt --published 2022-01-06 -o events.geojson
    mapgen lookup Almaty

    An INPUT is an article (.txt, .md, .html, .json, .pdf, .docx), a URL (page, live blog, feed, table), a table of
    events (.csv, .tsv, .xlsx, .geojson, .gpkg, .parquet, .kml, .gpx; ACLED, GDELT, UCDP, TimeMap, StoryMapJS and uMap
    as they are), or - for standard input. Several inputs make one map.
    """


@cli.command("map")
@_inputs
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The HTML file; default: beside the input.")
@click.option("--title", help="The title over the map; default: the article's own.")
@click.option("--basemap", help="offline (default, no request to anyone) or a keyless tile provider's name.")
@click.option("--lang", help="Language of the page's interface: an ISO 639-1 code.")
@click.option("--image", type=click.Path(path_type=Path), help="Also write a picture: a .png or .svg file.")
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
    **given: Any,
) -> int:
    """Make a map: one self-contained HTML file.

    \b
    mapgen map article.txt --published 2022-01-06 -o map.html
    """
    options_file, inputs = _folder(options_file, inputs)
    if not watch:
        return _make_map(inputs, options_file, report, as_json, output, image, given)
    from mapgen.watch import state, wait_for_change

    while True:
        before = state(_watched(inputs, options_file))
        try:
            _make_map(inputs, options_file, report, as_json, output, image, given)
        except MapgenError as error:
            _say(str(error))
        _say("watching for changes; Ctrl-C ends it.")
        wait_for_change(before)


def _make_map(
    inputs: tuple[str, ...],
    options_file: Path | None,
    report: Path | None,
    as_json: bool,
    output: Path | None,
    image: Path | None,
    given: dict[str, Any],
) -> int:
    from mapgen.exporters.html import EventMap

    options = _options(options_file, **given)
    sources = _sources(inputs, options)
    output = output or _beside(sources[0], options_file)
    collection = _collect(sources, options)
    if not collection.events and not any(collection.mentions.values()):
        return _report(collection, sources, report, as_json, None)
    event_map = EventMap(
        collection,
        title=options.title or _title(collection),
        basemap=options.basemap,
        lang=options.lang,
        types=options.event_types(),
        presets=options.presets,
        story=options.story,
        with_text=options.with_text,
    )
    event_map.save(output)
    if image:
        from mapgen.exporters.image import save_picture

        save_picture(output, image, event_map.to_svg())
    if not as_json:
        click.echo(str(output))
    return _report(collection, sources, report, as_json, str(output))


@cli.command()
@_inputs
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
    return _report(collection, sources, report, as_json, output, lost)


@cli.command()
@click.argument("records", default="-", metavar="[IN.jsonl]")
@click.option("-o", "--output", default="-", metavar="OUT.jsonl", help="Default: standard output.")
@_gazetteers
@_ner
def toponyms(records: str, output: str, gazetteers: tuple[str, ...], ner: str | None) -> int:
    """Find and resolve the place names of texts, one JSON object a line.

    A line holds doc_id and text, and may hold mentions ({"start", "end"}), which are then resolved as they stand.

    \b
    echo '{"doc_id": "1", "text": "Protests spread from Aktau to Almaty."}' | mapgen toponyms
    """
    from mapgen.gazetteer import Gazetteer  # not by way of the pipeline, which reads what events take
    from mapgen.toponyms import annotate

    gazetteer, skipped = Gazetteer(extra=gazetteers), list[Skipped]()

    def lines() -> Iterator[str]:
        for number, line in enumerate(_text(records).split("\n"), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                text, doc_id = record["text"], record["doc_id"]
                if not isinstance(text, str) or not isinstance(doc_id, str | int):
                    raise TypeError
                if ner and "mentions" not in record:
                    record = {**record, "mentions": _entities(text, ner)}
                yield json.dumps(annotate(record, gazetteer), ensure_ascii=False)
            except (ValueError, KeyError, TypeError, RecursionError):
                reason = 'is no JSON object with "doc_id", "text" and, if given, "mentions" inside the text'
                skipped.append(Skipped(f"{records} line {number}", reason))

    _write_lines(output, lines())
    _list_skipped(skipped, None)
    return INCOMPLETE if skipped else DONE


@cli.command()
@click.argument("sentences", default="-", metavar="[IN.tsv]")
@click.option("-o", "--output", default="-", metavar="OUT.tsv", help="Default: standard output.")
def classify(sentences: str, output: str) -> int:
    """Give each sentence one event type: columns id and text in; id, event_type and acled_sub_event_type out.

    \b
    printf 'id\\ttext\\n1\\tPolice arrested 30 protesters in Minsk.\\n' | mapgen classify
    """
    from mapgen.events import classify as classify_sentence

    rows = [line.split("\t") for line in _text(sentences).splitlines() if line.strip()]
    head = [name.strip().lower() for name in rows[0]] if rows else []
    if "id" not in head or "text" not in head:
        raise InputError(f"{sentences}: needs a first line with the tab-separated column names id and text")
    at_id, at_text = head.index("id"), head.index("text")
    skipped: list[Skipped] = []

    def lines() -> Iterator[str]:
        yield "id\tevent_type\tacled_sub_event_type"
        for number, row in enumerate(rows[1:], 2):
            if len(row) <= max(at_id, at_text):
                skipped.append(Skipped(f"{sentences} row {number}", "has too few columns"))
                continue
            yield "\t".join((row[at_id], *classify_sentence(row[at_text])))

    _write_lines(output, lines())
    _list_skipped(skipped, None)
    return INCOMPLETE if skipped else DONE


@cli.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--at", type=_Point(), metavar="LAT,LON", help="Instead of names: the places nearest to this point.")
@click.option("--country", metavar="CC", help="Only places of this country: an ISO 3166-1 code.")
@click.option("--region", metavar="REGION", help="Only places of this region: its code, like US.IL, or its name.")
@click.option("--limit", default=10, show_default=True, help="How many places to show for a name.")
@click.option("--lang", help="Names in this language where known: an ISO 639-1 code.")
@_gazetteers
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a line.")
def lookup(
    names: tuple[str, ...],
    at: tuple[float, float] | None,
    country: str | None,
    region: str | None,
    limit: int,
    lang: str | None,
    gazetteers: tuple[str, ...],
    as_json: bool,
) -> int:
    """What the gazetteer knows of a name, best first: the name, names that begin so, names that are nearly so.

    \b
    mapgen lookup Almaty
    mapgen lookup Springfield --country US
    mapgen lookup --at 43.25,76.9
    """
    from mapgen.pipeline import gazetteer_with

    if bool(names) == bool(at):
        raise OptionsError("give one or more names, or --at LAT,LON, and not both")
    gazetteer, status = gazetteer_with(gazetteers), DONE
    asked = {name: gazetteer.lookup(name, country, region, limit) for name in names}
    if at:
        asked = {f"{at[0]},{at[1]}": gazetteer.nearest(*at, limit, country, region)}
    for query, found in asked.items():
        if not found:
            where = "".join(f" in {part}" for part in (region, country) if part)
            _say(f"{query}: the gazetteer knows no such {'place' if at else 'name'}{where}.")
            status = INCOMPLETE
        for entry in found:
            click.echo(_found_entry(query, entry, gazetteer.display_name(entry, lang), at, as_json))
    return status


def _found_entry(query: str, entry: GazetteerEntry, name: str, at: tuple[float, float] | None, as_json: bool) -> str:
    from dataclasses import asdict

    from mapgen.gazetteer.nearest import distance_km

    away = round(distance_km(*at, entry.lat, entry.lon), 1) if at else None
    if as_json:
        told = {"query": query, **asdict(entry), "display_name": name}
        return json.dumps(told if away is None else {**told, "distance_km": away}, ensure_ascii=False)
    region = ", ".join(part for part in (entry.admin1_name, entry.country) if part)
    people = f"{entry.population:,}" if entry.population else "-"
    line = f"{name:28} {region:32} {entry.lat:9.4f} {entry.lon:9.4f} {people:>12}  {entry.id}"
    return line if away is None else f"{away:8.1f} km  {line}"


@cli.group("gazetteer")
def gazetteer_group() -> None:
    """Compile names of your own for --gazetteer."""


@gazetteer_group.command("build")
@click.argument("dump", type=click.Path(path_type=Path), metavar="DUMP.zip")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="OUT.bin", help="The index.")
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only this country; may be repeated.")
@click.option(
    "--min-population",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Leave out populated places of fewer people (many of the dump have 0: not known).",
)
@click.option(
    "--report", type=click.Path(path_type=Path), help="List the rows that could not be used in this CSV file."
)
def gazetteer_build(
    dump: Path, output: Path, countries: tuple[str, ...], min_population: int, report: Path | None
) -> int:
    """Compile a GeoNames dump (a .zip, or the .txt in it) for --gazetteer.

    Dumps of the world and of each country stand at https://download.geonames.org/export/dump/ (CC BY 4.0).

    \b
    mapgen gazetteer build allCountries.zip -o world.bin --min-population 100
    mapgen map article.txt --gazetteer world.bin
    """
    from mapgen.gazetteer.dump import Dump, build

    read = Dump(dump, frozenset(code.upper() for code in countries), min_population)
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=read.size(), label="reading", file=sys.stderr, hidden=hidden) as bar:
        counts = build(read, output, bar.update)
    click.echo(str(output))
    _say(f"{counts['entries']:,} places, {counts['names']:,} names; {read.left_out:,} rows left out as asked.")
    _list_skipped(read.skipped, report, read.unusable)
    return INCOMPLETE if read.unusable else DONE


@cli.command()
@click.argument("page", type=click.Path(path_type=Path), metavar="OUT.html")
@click.option("--url", metavar="PUBLIC_URL", help="Where the map will stand on the web.")
def embed(page: Path, url: str | None) -> int:
    """The iframe to paste into an article, oEmbed JSON and fallback image markup.

    Writes the pictures that these name (map.png, map.svg, map.card.png) and map.oembed.json beside the page. With
    --url, the page itself gets the addresses that previews of a link need.

    \b
    mapgen embed map.html --url https://example.org/map.html
    """
    from mapgen.exporters.embed import publish, snippets

    click.echo(snippets(page, url))
    written, missing = publish(page, url)
    _say(f"wrote {', '.join(path.name for path in written)}")
    for sentence in missing:
        _say(sentence)
    return INCOMPLETE if missing else DONE


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a line.")
def doctor(as_json: bool) -> int:
    """Look whether everything that mapgen needs is there; exit code 2 where something is missing.

    \b
    mapgen doctor
    """
    from dataclasses import asdict

    from mapgen.doctor import examine

    findings = list(examine())
    for finding in findings:
        if as_json:
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            click.echo(f"{finding.state:9} {finding.name:15} {finding.found}")
    return FAILED if any(finding.state == "missing" for finding in findings) else DONE


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completions(shell: str) -> int:
    """Print what makes the shell complete mapgen's commands, options and files.

    \b
    mapgen completions bash >> ~/.bash_completion
    mapgen completions zsh > ~/.zfunc/_mapgen
    mapgen completions fish > ~/.config/fish/completions/mapgen.fish
    """
    from click.shell_completion import get_completion_class

    completing = get_completion_class(shell)
    if completing is None:
        raise OptionsError(f"there are no completions for {shell}")
    click.echo(completing(cli, {}, "mapgen", "_MAPGEN_COMPLETE").source())
    return DONE


def main() -> None:
    """Run the command line and exit: a foreseen failure is one sentence on stderr, never a traceback."""
    gc.set_threshold(100_000, 50, 50)  # many small values and few cycles: looking for these seldom saves a fifth
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _say("stopped; no output was left half-written.")
        status = 130
    except click.ClickException as error:
        error.show()
        status = FAILED
    except MapgenError as error:
        _say(str(error))
        status = FAILED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  (the reader went away; nothing is left to say)
        status = DONE
    sys.exit(status or DONE)


def _entities(text: str, pipeline: str) -> list[dict[str, int]]:
    from mapgen.toponyms.ner import recognise

    return [{"start": mention.start, "end": mention.end} for mention in recognise(text, pipeline)]


def _options(
    path: Path | None, columns: Iterable[tuple[str, str]] = (), gazetteers: tuple[str, ...] = (), **given: Any
) -> Options:
    import dataclasses

    options = Options.load(path) if path else Options()
    options = dataclasses.replace(
        options, columns={**options.columns, **dict(columns)}, gazetteers=(*options.gazetteers, *gazetteers)
    )
    return dataclasses.replace(options, **{key: value for key, value in given.items() if value is not None})


def _watched(inputs: tuple[str, ...], options_file: Path | None) -> list[Path]:
    """The files that a map is made of; raises OptionsError for standard input, which comes only once."""
    if "-" in inputs:
        raise OptionsError("standard input comes only once and cannot be watched; name a file")
    try:
        sources = inputs or (Options.load(options_file).inputs if options_file else ())
    except OptionsError:
        sources = ()  # what is wrong is said when the map is made
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


def _named(sources: tuple[str, ...]) -> str:
    return sources[0] if len(sources) == 1 else f"{len(sources)} inputs"


def _title(collection: EventCollection) -> str | None:
    titles = [document.title for document in collection.documents if document.title]
    return titles[0] if len(titles) == 1 else None


def _report(
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
        _write_report(collection.skipped, report)
    else:
        _say(_found(collection, sources, output, located))
        for note in collection.notes:
            _say(note)
        for sentence in lost:
            _say(f"{output}: {sentence}; GeoJSON keeps everything.")
        _list_skipped(collection.skipped, report)
    return INCOMPLETE if collection.skipped or not collection.events else DONE


def _found(collection: EventCollection, sources: tuple[str, ...], output: str | None, located: int) -> str:
    if collection.events:
        return f"{len(collection.events)} events, {located} of them located."
    if output is None:
        return f"{_named(sources)}: no place and no event found, so there is nothing to map and no file was written."
    found = "only places" if any(collection.mentions.values()) else "and no place either"
    return f"{_named(sources)}: no event found, {found}."


def _list_skipped(skipped: Iterable[Skipped], report: Path | None, count: int | None = None) -> None:
    """Name the first of what was skipped; ``count`` where there was more than is listed."""
    rows = list(skipped)
    _write_report(rows, report)
    if not rows:
        return
    count = count or len(rows)
    _say(f"{count:,} skipped:")
    for row in rows[:_LISTED]:
        _say(f"  {row.where}: {row.reason}")
    if count > _LISTED:
        told = "them all" if count == len(rows) else f"the first {len(rows):,}"
        _say(f"  … and {count - _LISTED:,} more; --report FILE.csv lists {told}")


def _write_report(skipped: Iterable[Skipped], report: Path | None) -> None:
    if report:
        from mapgen.exporters.csv import write_rows

        write_rows(report, ("where", "reason"), ((row.where, row.reason) for row in skipped))


def _say(sentence: str) -> None:
    """Print to stderr; control and direction characters of an input never reach the terminal."""
    click.echo(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", "�", sentence), err=True)


def _text(source: str) -> str:
    from mapgen.readers import read_text

    return read_text(source)


def _write_lines(output: str, lines: Iterable[str]) -> None:
    if output == "-":
        for line in lines:
            click.echo(line)
        return
    from mapgen.atomic import write_atomic

    write_atomic(Path(output), "".join(f"{line}\n" for line in lines).encode())
