"""One label for one sentence: a linear model over words, parts of words and what the trigger lexicon finds.

The weights stand in ``classifier.json`` and come from ``benchmarks/train_classifier.py``.  Labels are those of CASE
2021 task 2 (Haneczok et al. 2021): ACLED's sub-event types and five kinds of sentence that ACLED does not code.
"""

from __future__ import annotations

import json
import math
from array import array
from base64 import b64decode
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from operator import mul
from typing import Any

from mapgen.events.detector import STOP, stem
from mapgen.events.lexicon import Words, lexicon, word_classes
from mapgen.events.telling import tellings
from mapgen.sentences import sentences

# label: (mapgen's type or "" where it has none, ACLED's sub-event type)
LABELS: Mapping[str, tuple[str, str]] = {
    "ABDUCT_DISSAP": ("attack_explosion", "Abduction/forced disappearance"),
    "AGREEMENT": ("agreement_talks", "Agreement"),
    "AIR_STRIKE": ("shelling_airstrike", "Air/drone strike"),
    "ARMED_CLASH": ("armed_clash", "Armed clash"),
    "ARREST": ("arrests", "Arrests"),
    "ART_MISS_ATTACK": ("shelling_airstrike", "Shelling/artillery/missile attack"),
    "ATTACK": ("attack_explosion", "Attack"),
    "ATTRIB": ("", "Other"),
    "CHANGE_TO_GROUP_ACT": ("troop_movement", "Change to group/activity"),
    "CHEM_WEAP": ("shelling_airstrike", "Chemical weapon"),
    "DIPLO": ("", "Other"),
    "DISR_WEAP": ("security_operation", "Disrupted weapons use"),
    "FORCE_AGAINST_PROTEST": ("security_operation", "Excessive force against protesters"),
    "GOV_REGAINS_TERIT": ("territory_control", "Government regains territory"),
    "GRENADE": ("attack_explosion", "Grenade"),
    "HQ_ESTABLISHED": ("troop_movement", "Headquarters or base established"),
    "MAN_MADE_DISASTER": ("", "Other"),
    "MOB_VIOL": ("riot", "Mob violence"),
    "NATURAL_DISASTER": ("", "Other"),
    "NON_STATE_ACTOR_OVERTAKES_TER": ("territory_control", "Non-state actor overtakes territory"),
    "NON_VIOL_TERRIT_TRANSFER": ("territory_control", "Non-violent transfer of territory"),
    "ORG_CRIME": ("", "Other"),
    "OTHER": ("", "Other"),
    "PEACE_PROTEST": ("protest", "Peaceful protest"),
    "PROPERTY_DISTRUCT": ("looting_arson", "Looting/property destruction"),
    "PROTEST_WITH_INTER": ("protest", "Protest with intervention"),
    "REM_EXPLOS": ("attack_explosion", "Remote explosive/landmine/IED"),
    "SEX_VIOL": ("attack_explosion", "Sexual violence"),
    "SUIC_BOMB": ("attack_explosion", "Suicide bomb"),
    "VIOL_DEMONSTR": ("riot", "Violent demonstration"),
}
GROUPS: Mapping[str, float] = {"w": 1.0, "b": 0.5, "c": 0.3, "l": 1.0, "p": 1.0}  # kind of feature: its share
_ACTORS = ("fighters", "protesters", "police", "troops", "civilians", "aircraft", "weapons")


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: ``coefficients`` holds one row a feature, one signed byte a label, on the scale of ``bias``."""

    labels: list[str]
    bias: list[float]
    idf: dict[str, float]
    rows: dict[str, int]
    coefficients: array[int]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Model:
        """The model written by ``benchmarks/train_classifier.py``."""
        names = data["features"].split("\n")
        coefficients = array("b")
        coefficients.frombytes(b64decode(data["coefficients"]))
        idf = {name: step / data["idf_step"] for name, step in zip(names, b64decode(data["idf"]), strict=True)}
        return cls(data["labels"], data["bias"], idf, {name: i for i, name in enumerate(names)}, coefficients)


def classify(text: str) -> tuple[str, str]:
    """mapgen's event type ("" where none fits) and ACLED's sub-event type of one sentence or snippet."""
    return LABELS[best_label(text)]


def best_label(text: str) -> str:
    """The label of CASE 2021 task 2 that fits ``text`` best."""
    return best_of(features(text), _model())


def fitness(text: str) -> dict[str, float]:
    """How well each of mapgen's types fits ``text``, 1 for the best; from words and triggers alone, for speed."""
    model = _model()
    values = _scores(features(text, brief=True), model)
    top, middle = max(values), sorted(values)[len(values) // 2]
    fits: dict[str, float] = {}
    for label, value in zip(model.labels, values, strict=True):
        kind = LABELS[label][0]
        if kind:
            fits[kind] = max(fits.get(kind, -9.0), (value - middle) / (top - middle or 1.0))
    return fits


def best_of(found: Set[str], model: Model) -> str:
    """The label that ``model`` gives to a text with the features ``found``."""
    scores = _scores(found, model)
    return model.labels[max(range(len(scores)), key=lambda label: scores[label])]


def _scores(found: Set[str], model: Model) -> list[float]:
    width, values, rows = len(model.bias), [], array("b")
    for name, value in weighted(found, model.idf):
        at = model.rows[name] * width
        values.append(value)
        rows += model.coefficients[at : at + width]
    return [sum(map(mul, values, rows[label::width]), bias) for label, bias in enumerate(model.bias)]


def weighted(found: Set[str], idf: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Those of the features ``found`` that ``idf`` knows, each kind scaled to a vector of its share's length."""
    kinds: dict[str, list[str]] = {}
    for name in sorted(found):
        if name in idf:
            kinds.setdefault(name[0], []).append(name)
    for kind, names in kinds.items():
        length = math.sqrt(sum(idf[name] ** 2 for name in names))
        for name in names:
            yield name, GROUPS[kind] * idf[name] / length


def features(text: str, brief: bool = False) -> set[str]:
    """What the model sees of ``text``: words and stems (w), pairs (b), word classes (c), triggers (l), parts (p)."""
    words = Words.of(text, 0, len(text))
    found: set[str] = set()
    stems = [stem(word) for word in words.lower]
    for word, root in zip(words.lower, stems, strict=True):
        if word.isdigit():
            continue
        if word not in STOP:
            found |= {f"w {word}", f"w ~{root}"}
        found |= {f"c {name}" for name in word_classes().get(word, ())}
        if not brief:
            found |= {f"p {part}" for part in _parts_of(f" {word} ")}
    found |= {f"b {a} {b}" for a, b in pairwise(stems)}
    found |= _trigger_features(words, stems)
    return found if brief else found | _told_features(text)


def _parts_of(word: str) -> Iterator[str]:
    for size in (3, 4, 5):
        for at in range(max(1, len(word) - size + 1)):
            yield word[at : at + size]


def _trigger_features(words: Words, stems: list[str]) -> set[str]:
    found: set[str] = set()
    for hit in lexicon().find(words):
        kind, sub = hit.trigger.event_type, hit.trigger.sub or hit.trigger.event_type
        before, after = _nearest_actor(words, hit.head, -1), _nearest_actor(words, hit.head, 1)
        half = 1 if hit.head < len(stems) / 2 else 2
        found |= {f"l {sub}", f"l {kind}", f"l {half} {sub}", f"l {sub} {stems[hit.head]}"}
        found |= {f"l {kind} by {before}", f"l {kind} of {after}", f"l {kind} by {before} of {after}"}
    return found


def _told_features(text: str) -> set[str]:
    told = [
        telling
        for span in sentences(text)
        for telling in tellings(Words.of(text, span.start, span.end), span.start, span.end)
    ]
    names = [telling.sub or telling.event_type for telling in told]
    return {f"l told {name}" for name in names} | {f"l first {name}" for name in names[:1]}


def _nearest_actor(words: Words, head: int, step: int) -> str:
    for at in range(head + step, head + 9 * step, step):
        if not 0 <= at < len(words.lower):
            break
        for name in _ACTORS:
            if words.lower[at] in lexicon().classes[name]:
                return name
    return "-"


@cache
def _model() -> Model:
    return Model.of(
        json.loads(resources.files("mapgen.events").joinpath("classifier.json").read_text(encoding="utf-8"))
    )
