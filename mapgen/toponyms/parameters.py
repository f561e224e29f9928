"""The learned weights, as ``benchmarks/train_toponyms.py`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mapgen.toponyms.confidence import Calibration
from mapgen.toponyms.evidence import Surroundings
from mapgen.toponyms.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights in log odds.  ``surroundings`` judges a name by the words beside it, ``document`` by that and by the rest
    of the document; names that score under ``threshold`` are not places.  ``ranking`` chooses among the meanings of a
    name, ``calibration`` says how sure that is (see the modules of these names)."""

    surroundings: Surroundings
    document: Mapping[str, float]
    ranking: Ranking
    calibration: Calibration
    threshold: float


@cache
def parameters() -> Parameters:
    """The packaged parameters."""
    table = json.loads(files(__package__).joinpath("parameters.json").read_text(encoding="utf-8"))
    return Parameters(
        Surroundings(table["surroundings"]), table["document"], Ranking(table["ranking"]),
        Calibration(table.get("calibration", {})), table["threshold"],
    )  # fmt: skip
