"""Toponym figures on LGL and GeoVirus: ``python -m benchmarks.geoparse [--fast]``.

Every figure is cross-validated: each document is read with parameters that were fitted without its part of the corpus
(consecutive documents, so that a newspaper is mostly in one part), and again with parameters of the other corpus only
(see benchmarks.train_toponyms, which runs first unless ``--fast`` says that its predictions are there).  The scorer is
../shared/geoparse/evaluate.py; intervals are 95 % bootstrap intervals over documents.  Speed and memory are those of
the packaged parameters, each system in a process of its own.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.calibration import calibration_error
from mapgen.gazetteer import Gazetteer
from mapgen.model import Mention
from mapgen.toponyms import row
from mapgen.toponyms.lexicon import words
from mapgen.toponyms.parameters import parameters
from mapgen.toponyms.resolution import Answer, answers_to, said_of
from mapgen.toponyms.senses import Senses

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared")) / "geoparse"
FOLDS = ROOT / "benchmarks" / "folds"
CORPORA = ("lgl", "geovirus")
SAMPLES = 1000
KNOWN_PLACE = 4.0  # log10 of the population from which on the rules take a town for meant
Documents = dict[str, Any]


def scorer() -> ModuleType:
    """../shared/geoparse/evaluate.py as a module."""
    spec = importlib.util.spec_from_file_location("evaluate", SHARED / "evaluate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chosen(documents: Documents, wanted: Callable[[dict[str, Any]], bool]) -> Documents:
    """``documents`` with the mentions that are ``wanted``."""
    return {k: {**d, "mentions": [m for m in d["mentions"] if wanted(m)]} for k, d in documents.items()}


def interval(evaluate: ModuleType, gold: Documents, found: Documents) -> tuple[float, float]:
    """The 95 % interval of end-to-end F1 over documents."""
    counts = []
    for key, document in gold.items():
        e2e = evaluate.score({key: document}, {key: found[key]})["e2e"]
        counts.append((e2e["right"], e2e["predicted"] + e2e["gold"]))
    chance = random.Random(0)
    scores = []
    for _ in range(SAMPLES):
        sample = chance.choices(counts, k=len(counts))
        scores.append(2 * sum(right for right, _ in sample) / max(1, sum(total for _, total in sample)))
    scores.sort()
    return scores[int(0.025 * SAMPLES)], scores[int(0.975 * SAMPLES)]


def confidences(evaluate: ModuleType, gold: Documents, given: Documents) -> Iterator[tuple[float, bool]]:
    """How sure mapgen is of each given mention, and whether it is within 161 km of the gold point."""
    for key, document in gold.items():
        for want, got in zip(document["mentions"], given[key]["mentions"], strict=True):
            if evaluate.has_point(want) and got["lat"] is not None:
                yield got["confidence"], evaluate.distance_km(want, got) <= evaluate.THRESHOLD_KM


def line(evaluate: ModuleType, label: str, gold: Documents, found: Documents, given: Documents | None = None) -> None:
    """Print one row of the table of accuracy."""
    score = evaluate.score(gold, found)
    overlap, e2e, exact = score["recognition_overlap"], score["e2e"], score["e2e_exact"]
    low, high = interval(evaluate, gold, found)
    rest = ""
    if given:
        accuracy = evaluate.score(gold, given, gold_mentions=True)["resolution_gold"]["acc161"]
        rest = f"{accuracy:>8.3f}{calibration_error(confidences(evaluate, gold, given), 10):>7.3f}"
    print(
        f"{label:<58}{overlap['f1']:>7.3f}{overlap['p']:>7.3f}{overlap['r']:>7.3f}{e2e['f1']:>8.3f}"
        f"{f'{low:.3f}–{high:.3f}':>14}{e2e['p']:>7.3f}{e2e['r']:>7.3f}{exact['f1']:>7.3f}{rest}"
    )


def accuracy(gazetteer: Gazetteer) -> None:
    """Recognition, end to end and given mentions, cross-validated; without demonyms; beside rules."""
    evaluate = scorer()
    heads = f"{'found':>7}{'P':>7}{'R':>7}{'e2e F1':>8}{'95 %':>14}{'P':>7}{'R':>7}{'exact':>7}{'given':>8}{'ECE':>7}"
    print(f"{'':<58}{heads}")
    for corpus in CORPORA:
        gold = evaluate.read(SHARED / f"{corpus}.jsonl")
        for kind, note in (("", ""), ("cross-", ", fitted on the other corpus")):
            if not (FOLDS / f"{kind}{corpus}.jsonl").exists():
                continue
            found = evaluate.read(FOLDS / f"{kind}{corpus}.jsonl")
            line(evaluate, corpus + note, gold, found, evaluate.read(FOLDS / f"{kind}{corpus}.given.jsonl"))
            without = chosen(found, lambda m: m["kind"] != "demonym")
            line(evaluate, f"{corpus}{note}, without demonyms", gold, without)
        line(evaluate, f"{corpus}, rules: known names, most prominent", gold, by_rules(gold, gazetteer, False))
        line(evaluate, f"{corpus}, rules, and places by the ranking", gold, by_rules(gold, gazetteer, True))


def by_rules(gold: Documents, gazetteer: Gazetteer, ranked: bool) -> Documents:
    """What is found without learnt weights: the longest known names that are no common words and no persons' names
    and mean an area or a town of some size; each its most prominent meaning, or the ranking's where ``ranked``."""
    found = {}
    for key, document in gold.items():
        text = document["text"]
        mentions = list(_known(text, gazetteer))
        if ranked:
            answers = answers_to(text, mentions, gazetteer, parameters())
        else:
            answers = [Answer(gazetteer.candidates(m.surface)[0].entry, 1.0, ()) for m in mentions]
        rows = [row(m, answer) for m, answer in zip(mentions, answers, strict=True)]
        found[key] = {"doc_id": key, "text": text, "mentions": rows}
    return found


def _known(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    senses, end = Senses.of(gazetteer), 0
    unlikely = words("common") | words("given") | words("surname") | words("opener")
    for match in gazetteer.find(text):
        if match.start < end or match.key in unlikely:
            continue
        mention = Mention.of(text, match.start, match.end)
        meanings = senses(match.key)
        if meanings and gazetteer.candidates(mention.surface):
            top = meanings[0]
            if top.kind in ("country", "admin1", "demonym", "capital") or top.size > KNOWN_PLACE:
                end = match.end
                yield mention


def countries(gazetteer: Gazetteer) -> None:
    """Gold mentions of countries apart from the rest: how many are found and right, and right where given."""
    evaluate = scorer()
    america = gazetteer.country("US")
    assert america
    print(f"\nCountry points are GeoNames' (the United States at {america.lat:.2f}, {america.lon:.2f}).")
    print(f"{'':<30}{'gold':>7}{'found, right':>14}{'given':>8}")
    for corpus in CORPORA:
        gold = evaluate.read(SHARED / f"{corpus}.jsonl")
        found, given = (evaluate.read(FOLDS / f"{corpus}{kind}.jsonl") for kind in ("", ".given"))
        lost = {(k, s) for kind, k, s, *_ in _log(evaluate, gold, found) if kind != "spurious"}
        wrong = {(k, s) for kind, k, s, *_ in _log(evaluate, gold, given) if kind != "spurious"}
        for label, wanted in (("countries", True), ("all other places", False)):
            spots = [
                (key, m["start"])
                for key, document in gold.items()
                for m in document["mentions"]
                if evaluate.has_point(m) and _is_country(m, gazetteer) is wanted
            ]
            right, told = (sum(spot not in bad for spot in spots) / max(1, len(spots)) for bad in (lost, wrong))
            print(f"{f'{corpus}, {label}':<30}{len(spots):>7}{right:>14.3f}{told:>8.3f}")


def _is_country(mention: dict[str, Any], gazetteer: Gazetteer) -> bool:
    if mention.get("fcode"):
        return str(mention["fcode"]).startswith("PCL")
    known = gazetteer.candidates(mention["name"] or mention["surface"])
    return bool(known) and known[0].entry.granularity == "country"


def _log(evaluate: ModuleType, gold: Documents, found: Documents) -> list[Any]:
    log: list[Any] = []
    evaluate.score(gold, found, log=log)
    return log


def causes(gazetteer: Gazetteer) -> None:
    """What the lost and the invented mentions are lost to."""
    evaluate, senses = scorer(), Senses.of(gazetteer)
    told = {"missing name": "the gazetteer has no such name", "missing place": "it has the name, not this place",
            "not recognised": "known, not taken for a place", "wrong sense": "another place of the name",
            "over-recognised": "not in the gold"}  # fmt: skip
    counts = {corpus: dict.fromkeys(told, 0) for corpus in CORPORA}
    for corpus in CORPORA:
        gold = evaluate.read(SHARED / f"{corpus}.jsonl")
        wanted = {(k, m["start"]): m for k, d in gold.items() for m in d["mentions"]}
        for kind, key, start, *_ in _log(evaluate, gold, evaluate.read(FOLDS / f"{corpus}.jsonl")):
            if kind == "spurious":
                counts[corpus]["over-recognised"] += 1
            elif kind != "no-coordinates":
                m = wanted[key, start]
                said = said_of(gold[key]["text"], Mention.of(gold[key]["text"], start, m["end"]), senses)
                points = [{"lat": s.entry.lat, "lon": s.entry.lon} for s in said.senses] if said else []
                here = any(evaluate.distance_km(m, point) <= evaluate.THRESHOLD_KM for point in points)
                cause = "not recognised" if kind == "missed" else "wrong sense"
                counts[corpus][cause if here else "missing place" if said else "missing name"] += 1
    print(f"\n{'lost to':<18}{'':<36}" + "".join(f"{corpus:>10}" for corpus in CORPORA))
    for cause, note in told.items():
        print(f"{cause:<18}{note:<36}" + "".join(f"{counts[corpus][cause]:>10}" for corpus in CORPORA))


def main() -> None:
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not here: set MAPGEN_SHARED")
    if "--fast" not in sys.argv or not FOLDS.exists():
        subprocess.run([sys.executable, "-m", "benchmarks.train_toponyms", "--folds-only"], check=True, cwd=ROOT)
    gazetteer = Gazetteer()
    accuracy(gazetteer)
    countries(gazetteer)
    causes(gazetteer)
    subprocess.run([sys.executable, "-m", "benchmarks.geoparse_speed"], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
