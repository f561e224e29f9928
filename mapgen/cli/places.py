"""``mapgen lookup`` and ``mapgen gazetteer build``: what is known of a name, and names of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mapgen.cli.parameters import Output, Point, gazetteers_option
from mapgen.cli.report import DONE, INCOMPLETE, list_skipped, say, write_report
from mapgen.errors import OptionsError
from mapgen.model import GazetteerEntry


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--at", type=Point(), metavar="LAT,LON", help="Instead of names: the places nearest to this point.")
@click.option("--country", metavar="CC", help="Only places of this country: an ISO 3166-1 code.")
@click.option("--region", metavar="REGION", help="Only places of this region: its code, like US.IL, or its name.")
@click.option("--limit", default=10, show_default=True, help="How many places to show for a name.")
@click.option("--lang", help="Names in this language where known: an ISO 639-1 code.")
@gazetteers_option
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
            say(f"{query}: the gazetteer knows no such {'place' if at else 'name'}{where}.")
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


@click.group("gazetteer")
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
@click.option("--report", type=Output(), help="List the rows that could not be used in this CSV file.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON on standard output.")
def gazetteer_build(
    dump: Path, output: Path, countries: tuple[str, ...], min_population: int, report: Path | None, as_json: bool
) -> int:
    """Compile a GeoNames dump (a .zip, or the .txt in it) for --gazetteer.

    Dumps of the world and of each country stand at https://download.geonames.org/export/dump/ (CC BY 4.0).

    \b
    mapgen gazetteer build allCountries.zip -o world.bin --min-population 100
    mapgen map article.txt --gazetteer world.bin
    """
    from dataclasses import asdict

    from mapgen.gazetteer.dump import Dump, build

    read = Dump(dump, frozenset(code.upper() for code in countries), min_population)
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=read.size(), label="reading", file=sys.stderr, hidden=hidden) as bar:
        counts = build(read, output, bar.update)
    if as_json:
        told = {"output": str(output), **counts, "left_out": read.left_out, "unusable": read.unusable}
        click.echo(json.dumps({**told, "skipped": [asdict(row) for row in read.skipped]}, ensure_ascii=False))
        write_report(read.skipped, report)
        return INCOMPLETE if read.unusable else DONE
    click.echo(str(output))
    say(f"{counts['entries']:,} places, {counts['names']:,} names; {read.left_out:,} rows left out as asked.")
    list_skipped(read.skipped, report, read.unusable)
    return INCOMPLETE if read.unusable else DONE
