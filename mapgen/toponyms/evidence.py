"""What speaks for and against a stretch of text naming a place: readable features for the recogniser.

Each feature is a short string; ``recogniser.json`` holds its weight in log odds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapgen.toponyms.lexicon import word_classes, words
from mapgen.toponyms.runs import Run, right, runs
from mapgen.toponyms.senses import Sense, Senses

_COMMA = re.compile(r",\s{1,2}\Z")


@dataclass(slots=True)
class Candidate:
    """A known name at ``text[start:end]`` that may or may not be meant as a place."""

    start: int
    end: int
    key: str
    senses: Sequence[Sense]
    run: Run | None
    features: list[str] = field(default_factory=list)
    inside: frozenset[str] = frozenset()  # codes of what is said to contain it: "US.OH", "FR"
    score: float = 0.0  # log odds of being a place, by its surroundings
    neighbour: Candidate | None = None  # the name that follows a comma


def candidates(text: str, senses: Senses) -> list[Candidate]:
    """All known names in ``text`` with their features; by start, longest first."""
    matches = list(senses.gazetteer.find(text))
    found_runs = runs(text)
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


def _contain(text: str, found: list[Candidate]) -> None:
    """"Springfield, Illinois": note for the first what the second may be, where the second may contain the first."""
    by_start: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_start.setdefault(candidate.start, []).append(candidate)
    for candidate in found:
        end = candidate.end
        if text[end : end + 2] == ", " or text[end : end + 2] == ",\n":
            followers = by_start.get(end + 2, ())
        elif text[end : end + 2] == " (":
            followers = by_start.get(end + 2, ())
        else:
            continue
        for follower in followers:
            codes = containers(follower.senses)
            hit = frozenset(c for s in candidate.senses for c in (s.country, s.admin1) if c in codes and s.kind not in ("country", "demonym") and s.admin1 + s.country != "")
            hit = frozenset(c for c in hit if any((c in (s.admin1, s.country)) and not _is(s, c) for s in candidate.senses))
            candidate.neighbour = candidate.neighbour or follower
            if hit:
                candidate.inside = hit
                candidate.neighbour = follower
                break


def _is(sense: Sense, code: str) -> bool:
    """Whether ``sense`` is itself the region or country ``code``."""
    return sense.kind == "admin1" and sense.admin1 == code or sense.kind == "country" and sense.country == code


def containers(senses: Sequence[Sense]) -> set[str]:
    """The codes of the countries and first-level regions that a name may mean."""
    codes = set()
    for sense in senses[:8]:
        if sense.kind == "country" and sense.name_type != "demonym":
            codes.add(sense.country)
        elif sense.kind == "admin1":
            codes.add(sense.admin1)
    return codes


def features(text: str, c: Candidate) -> list[str]:
    """The features of one candidate."""
    run, surface = c.run, text[c.start : c.end]
    static = _static(surface, c)
    kind = static[0]
    if run is None:
        return ["unrun", *static]
    spans = run.spans
    i = next((n for n, (a, b) in enumerate(spans) if b > c.start), len(spans))
    j = next((n for n in range(len(spans) - 1, -1, -1) if spans[n][0] < c.end), -1)
    left, right_ = run.classes[:i], run.classes[j + 1 :]
    beyond = c.end > run.end
    after, mark, after2 = right(text, c.end) if beyond or right_ else (run.after, run.mark_after, run.after2)
    before = run.before if i <= 0 else run.lower[i - 1]
    k = kind
    out = ["bias", *static]
    add = out.append
    whole = not left and not right_
    left1 = left[-1] if left else "^" if run.opens and run.start >= c.start else "-"
    right1 = right_[0] if right_ else "$"
    single = len(c.key.split(" ")) == 1
    s1 = "1" if single else "n"
    add(f"L:{left1}")
    add(f"R:{right1}")
    add(f"LR:{left1}{right1}{s1}")
    add(f"kLR:{k}{left1}{right1}")
    if left:
        add(f"lw:{run.lower[i - 1]}")
        if "T" in left or "G" in left:
            add("person-left")
        if left1 == "G" and whole is False and not right_:
            add(f"given+{s1}{k}")
    else:
        add(f"b:{before}")
        add(f"kb:{k}:{before}" if before in words("locative") or before in words("opener") else f"kb:{k}:{word_classes().get(before, '')}")
        if run.mark_before:
            add(f"mb:{run.mark_before[-1]}")
    if right_:
        add(f"rw:{run.lower[j + 1]}")
        add(f"head:{run.lower[-1]}")
        add(f"headc:{right_[-1]}{k}{len(right_) > 1}")
        add(f"rest:{''.join(right_[:3])}")
    else:
        add(f"a:{after}")
        add(f"ac:{word_classes().get(after, '-')}{mark[:1]}")
        add(f"a2:{after2}")
        if mark:
            add(f"ma:{mark[:2]}")
            add(f"kma:{k}{mark[:1]}{after.isdigit()}")
        if after in words("speech"):
            add(f"speech:{k}{s1}")
    if whole:
        add(f"whole:{k}{s1}{before in words('locative')}")
    if c.inside:
        add("inside")
        add(f"inside:{k}{left1}")
    elif c.neighbour is not None:
        add("comma-name")
    if run.opens and i == 0:
        add(f"opens:{k}{s1}")
    if len(left) + len(right_) >= 3:
        add("long-run")
    return out


_STATIC: dict[tuple[str, str], list[str]] = {}


def _static(surface: str, c: Candidate) -> list[str]:
    """Features of the name alone, its kind first."""
    memo = (c.key, surface)
    found = _STATIC.get(memo)
    if found is not None:
        return found
    top = c.senses[0]
    biggest = max(s.size for s in c.senses)
    kind = top.kind
    if top.name_type == "code" or surface.isupper() and len(surface) <= 3:
        kind = "code"
    parts = c.key.split(" ")
    single = "1" if len(parts) == 1 else "n"
    out = [kind, f"k:{kind}{single}", f"pop:{kind}{int(biggest * 2)}", f"n:{min(len(c.senses), 30).bit_length()}",
           f"nt:{top.name_type}{single}", f"len:{min(len(c.key), 12)}", f"last:{parts[-1]}" if len(parts) > 1 else "one"]
    if len(parts) == 1:
        word = parts[0]
        if word in words("common"):
            out += ["common", f"common:{kind}{int(biggest)}"]
        if word in words("given"):
            out += ["given", f"given:{int(biggest)}"]
        if word in words("surname"):
            out += ["surname", f"surname:{int(biggest)}"]
        if word in words("opener") or word in words("calendar"):
            out.append("opener")
        found_class = word_classes().get(word)
        if found_class:
            out.append(f"class:{found_class}")
        if word not in words("common") and word not in words("given") and word not in words("surname"):
            out.append(f"rare:{kind}{int(biggest)}")
    elif all(p in words("common") or word_classes().get(p, "S") != "S" for p in parts):
        out.append("all-common")
    if surface.isupper() and len(surface) > 3:
        out.append("capitals")
    if len(_STATIC) > 50_000:
        _STATIC.clear()
    _STATIC[memo] = out
    return out


def beside(text: str, c: Candidate) -> frozenset[str]:
    """The words of the name and the words on either side of it, lower case."""
    return words_beside(text, c.start, c.end) | set(c.key.split(" "))


def words_beside(text: str, start: int, end: int) -> frozenset[str]:
    """The word before and the word after ``text[start:end]``, lower case."""
    found = text[end : end + 20].split()[:1] + text[max(0, start - 15) : start].split()[-1:]
    return frozenset(word.lower().strip(".,;:'’s") for word in found)
