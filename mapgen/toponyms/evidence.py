"""What speaks for and against a stretch of text naming a place: readable features for the recogniser.

Each feature is a short string; ``parameters.json`` holds its weight in log odds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapgen.toponyms.inflection import forms
from mapgen.toponyms.lexicon import neighbour_classes, word_classes, words
from mapgen.toponyms.runs import Run, right, runs
from mapgen.toponyms.senses import Meanings, Sense, Senses

_REMEMBERED = 50_000  # names whose own features are kept


@dataclass(slots=True)
class Candidate:
    """A known name at ``text[start:end]`` that may or may not be meant as a place."""

    start: int
    end: int
    key: str
    senses: Meanings
    run: Run | None
    features: list[str] = field(default_factory=list)
    inside: frozenset[str] = frozenset()  # codes of what is said to contain it: "US.OH", "FR"
    score: float = 0.0  # log odds of being meant as a place
    followed: bool = False  # by a comma and another known name


def candidates(text: str, senses: Senses) -> list[Candidate]:
    """All known names in ``text`` with their features; by start, longest first."""
    matches: list[tuple[int, int, str]] = list(senses.gazetteer.find(text))
    if inflected := list(forms(text, senses)):
        replaced = {span[:2] for span in inflected}
        matches = sorted(inflected + [m for m in matches if (m[0], m[1]) not in replaced], key=lambda m: (m[0], -m[1]))
    found_runs = runs(text, [match[0] for match in matches])
    starts = [run.start for run in found_runs]
    found: list[Candidate] = []
    for start, end, key in matches:
        meanings = senses(key)
        if not meanings:
            continue
        at = bisect_right(starts, start) - 1
        run = found_runs[at] if at >= 0 and start < found_runs[at].end else None
        if run is None and at + 1 < len(starts) and starts[at + 1] < end:
            run = found_runs[at + 1]
        found.append(Candidate(start, end, key, meanings, run))
    _contain(text, found)
    for candidate in found:
        candidate.features = features(text, candidate)
    return found


def _contain(text: str, found: Sequence[Candidate]) -> None:
    """ "Springfield, Illinois": note for the first what the second may be, where the second may contain the first."""
    by_start: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_start.setdefault(candidate.start, []).append(candidate)
    for candidate in found:
        end = candidate.end
        if text[end : end + 2] in (", ", ",\n", " ("):
            for follower in by_start.get(end + 2, ()):
                candidate.followed = True
                candidate.inside = held(candidate.senses, follower.senses)
                if candidate.inside:
                    break


def held(inner: Sequence[Sense], outer: Sequence[Sense]) -> frozenset[str]:
    """The codes of the countries and first-level regions in ``outer`` that may contain one of ``inner``."""
    codes = containers(outer)
    if not codes:
        return frozenset()
    places = [s for s in inner if s.kind not in ("country", "demonym")]
    inside = {s.country for s in places} | {s.admin1 for s in places if s.kind != "admin1"}
    return frozenset(codes & inside)


def containers(senses: Sequence[Sense]) -> set[str]:
    """The codes of the countries and first-level regions that a name may mean."""
    codes = set()
    for sense in senses[:8]:
        if sense.kind == "country":
            codes.add(sense.country)
        elif sense.kind == "admin1":
            codes.add(sense.admin1)
    return codes


def features(text: str, c: Candidate) -> list[str]:
    """The features of one candidate."""
    run = c.run
    kind, static = _static(text[c.start : c.end], c)
    if run is None:
        return ["unrun", *static]
    spans = run.spans
    i, last = 0, len(spans) - 1
    while i <= last and spans[i][1] <= c.start:
        i += 1
    j = last
    while j >= 0 and spans[j][0] >= c.end:
        j -= 1
    out = ["bias", *static]
    _beside_in_run(out, run, i, j, kind, static[-1])
    if i == 0:
        _before(out, run, kind)
        if run.opens:
            out.append(f"opens:{static[-1]}")
    if j == last:
        after, mark, after2 = right(text, c.end) if c.end > run.end else (run.after, run.mark_after, run.after2)
        _after(out, after, mark, after2, kind)
    if c.inside:
        out.append("inside")
        out.append(f"inside:{kind}")
    elif c.followed:
        out.append("comma-name")
    return out


def _beside_in_run(out: list[str], run: Run, i: int, j: int, kind: str, lists: str) -> None:
    """What else is capitalised in the same run: a person's title or given name, the rest of a firm's name."""
    classes = run.classes
    rest = len(classes) - 1 - j
    single = "1" if i == j else "n"
    left = classes[i - 1] if i else "^" if run.opens else "-"
    right_ = classes[j + 1] if rest else "$"
    out += (f"L:{left}", f"R:{right_}", f"LR:{left}{right_}{single}", f"kLR:{kind}{left}{right_}",
            f"{lists}L{left}", f"{lists}R{right_}")  # fmt: skip
    if i:
        before = run.lower[i - 1]
        out.append(f"lw:{before}")
        if "T" in classes[:i] or "G" in classes[:i]:
            out.append("person-left")
        if not rest:
            out.append(f"last:{left}{kind}{single}")
    elif not rest:
        before, after = neighbour_classes().get(run.before, "-"), neighbour_classes().get(run.after, "-")
        out.append(f"whole:{kind}{single}{before}")
        out.append(f"between:{before}{after}{run.mark_after[:1]}")
    if rest:
        out += (f"rw:{run.lower[j + 1]}", f"head:{run.lower[-1]}", f"headc:{classes[-1]}{kind}{rest > 1}",
                f"rest:{''.join(classes[j + 1 : j + 4])}")  # fmt: skip
    if i + rest >= 3:
        out.append("long-run")


def _before(out: list[str], run: Run, kind: str) -> None:
    before = run.before
    word_class = neighbour_classes().get(before, "-")
    out += (f"b:{before}", f"bc:{word_class}", f"kbc:{kind}{word_class}")
    if run.mark_before:
        out.append(f"mb:{run.mark_before[-1]}")
    if run.opens:
        out.append(f"opens:{kind}")


def _after(out: list[str], after: str, mark: str, after2: str, kind: str) -> None:
    word_class = "9" if after.isdigit() else neighbour_classes().get(after, "-")
    sign = mark[:1]
    next_class = neighbour_classes().get(after2, "-")
    out += (f"a:{after}", f"ac:{word_class}{sign}", f"kac:{kind}{word_class}", f"a2:{next_class}{word_class}")
    if sign:
        out += (f"ma:{mark[:2]}", f"kma:{kind}{sign}")


_STATIC: dict[tuple[str, str], tuple[str, list[str]]] = {}


def _static(surface: str, c: Candidate) -> tuple[str, list[str]]:
    """The kind of the most prominent meaning, and the features of the name alone."""
    memo = (c.key, surface)
    found = _STATIC.get(memo)
    if found is None:
        if len(_STATIC) > _REMEMBERED:
            _STATIC.clear()
        found = _STATIC[memo] = _name_features(surface, c)
    return found


def _name_features(surface: str, c: Candidate) -> tuple[str, list[str]]:
    top, parts = c.senses[0], c.key.split(" ")
    biggest = max(s.size for s in c.senses)
    kind = "code" if top.name_type == "code" or (surface.isupper() and len(surface) <= 3) else top.kind
    single = "1" if len(parts) == 1 else "n"
    out = [f"k:{kind}{single}", f"pop:{kind}{int(biggest * 2)}", f"n:{len(c.senses).bit_length()}",
           f"nt:{top.name_type}{single}", f"len:{min(len(c.key), 12)}"]  # fmt: skip
    lists = "+"
    if len(parts) > 1:
        out.append(f"end:{parts[-1]}")
        if all(p in words("common") or word_classes().get(p, "S") != "S" for p in parts):
            out.append("all-common")
    else:
        lists = "".join(n[0] for n in ("common", "given", "surname", "opener") if c.key in words(n))
        out.append(f"lists:{lists}{kind}{int(biggest)}")
        out.append(f"class:{word_classes().get(c.key, '-')}")
    if surface.isupper() and len(surface) > 3:
        out.append("capitals")
    if surface[-1] == ".":
        out.append(f"dot:{kind}")
    out.append(f"lists:{lists}")
    return kind, out


def beside(text: str, c: Candidate) -> frozenset[str]:
    """The words of the name and the words on either side of it, lower case."""
    return words_beside(text, c.start, c.end) | set(c.key.split(" "))


def words_beside(text: str, start: int, end: int) -> frozenset[str]:
    """The word before and the word after ``text[start:end]``, lower case."""
    found = text[end : end + 20].split()[:1] + text[max(0, start - 15) : start].split()[-1:]
    return frozenset([word.lower().strip(".,;:'’s") for word in found])
