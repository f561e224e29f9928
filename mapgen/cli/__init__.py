"""The command line: the only printing and exit codes.  Each module has the commands of one kind of work.

Exit codes: 0 done; 1 done, but something was skipped or nothing was found; 2 nothing could be done.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import warnings
from pathlib import Path

import click

from mapgen.cli.maps import events, map_command
from mapgen.cli.places import gazetteer_group, lookup
from mapgen.cli.report import DONE, FAILED, INCOMPLETE, say
from mapgen.cli.texts import classify, toponyms
from mapgen.errors import MapgenError, OptionsError


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


for _command in (map_command, events, toponyms, classify, lookup, gazetteer_group):
    cli.add_command(_command)


@cli.command()
@click.argument("page", type=click.Path(path_type=Path), metavar="OUT.html")
@click.option("--url", metavar="PUBLIC_URL", help="Where the map will stand on the web.")
@click.option("--json", "as_json", is_flag=True, help="The snippets and the files written as one JSON object.")
def embed(page: Path, url: str | None, as_json: bool) -> int:
    """The iframe to paste into an article, oEmbed JSON and fallback image markup.

    Writes the pictures that these name (map.png, map.svg, map.card.png) and map.oembed.json beside the page. With
    --url, the page itself gets the addresses that previews of a link need.

    \b
    mapgen embed map.html --url https://example.org/map.html
    """
    from mapgen.exporters.embed import publish, snippets

    markup = snippets(page, url)
    if not as_json:
        click.echo(markup)
    written, missing = publish(page, url)
    if as_json:
        told = {"markup": markup, "written": [str(path) for path in written], "missing": missing}
        click.echo(json.dumps(told, ensure_ascii=False))
        return INCOMPLETE if missing else DONE
    say(f"wrote {', '.join(path.name for path in written)}")
    for sentence in missing:
        say(sentence)
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
    warnings.simplefilter("ignore")  # what libraries say of an input may hold anything, and is no sentence of ours
    logging.getLogger().addHandler(logging.NullHandler())
    gc.set_threshold(100_000, 50, 50)  # many small values and few cycles: looking for these seldom saves a fifth
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("stopped; no output was left half-written.")
        status = 130
    except click.ClickException as error:
        error.show()
        status = FAILED
    except MapgenError as error:
        say(str(error))
        status = FAILED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  (the reader went away; nothing is left to say)
        status = DONE
    sys.exit(status or DONE)
