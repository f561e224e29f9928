"""Names as people type them: exact, folded, the beginning of a name, or a name with a slip or two.

Slips are counted by restricted Damerau–Levenshtein distance (Damerau 1964): one letter put in, left out, changed, or
two neighbours swapped.  One slip is allowed in a name of four letters, two from seven on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from mapgen.gazetteer.folding import fold
from mapgen.gazetteer.scan import Names

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_COMPLETIONS = 2_000  # names looked at for one prefix
_STEM = 3  # letters taken as right at first; then with one slip among them


def completions(sets: Iterable[Names], key: str) -> list[str]:
    """Known folded names that begin with ``key``, itself left out."""
    if len(key) < 2:
        return []
    return [k for names in sets for k in islice(names.keys_from(key), _MOST_COMPLETIONS) if k != key]


def slips_allowed(key: str) -> int:
    """How many slips a name of this length may have."""
    return 0 if len(key) < 4 else 1 if len(key) < 7 else 2


def similar(sets: Iterable[Names], key: str) -> list[tuple[int, str]]:
    """(slips, known folded name) for the names within the slips that ``key`` may have, fewest first."""
    allowed = slips_allowed(key)
    if not allowed:
        return []
    sets = list(sets)
    found = _within(sets, [key[:_STEM]], key, allowed)
    if not found:
        found = _within(sets, sorted(set(_variants(key[:_STEM]))), key, allowed)
    return sorted(found)


def _within(sets: Iterable[Names], stems: Iterable[str], key: str, allowed: int) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for names in sets:
        for stem in stems:
            for known in names.keys_from(stem):
                if abs(len(known) - len(key)) <= allowed:
                    slips = distance(key, known, allowed)
                    if slips <= allowed:
                        found.add((slips, known))
    return found


def _variants(stem: str) -> Iterator[str]:
    """``stem`` with one slip; a letter left out or put in shifts what follows, so the stem's last letter is free."""
    for i in range(len(stem)):
        yield stem[:i] + stem[i + 1 :]
        for letter in _LETTERS:
            yield stem[:i] + letter + stem[i + 1 :]
            yield (stem[:i] + letter + stem[i:])[: len(stem)]
        if i:
            yield stem[: i - 1] + stem[i] + stem[i - 1] + stem[i + 1 :]


def distance(a: str, b: str, limit: int) -> int:
    """Restricted Damerau–Levenshtein distance of ``a`` and ``b``; ``limit + 1`` where it is more than ``limit``."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


def parts(query: str) -> tuple[str, list[str]]:
    """A query as a folded name and the folded areas that it lies in: "Springfield, Illinois, US"."""
    name, *areas = (fold(part) for part in query.split(","))
    return name, [area for area in areas if area]
