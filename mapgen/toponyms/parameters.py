"""The learned weights, as ``benchmarks/train_toponyms.py`` writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mapgen.toponyms.coherence import Coherence
from mapgen.toponyms.confidence import Calibration
from mapgen.toponyms.evidence import Surroundings
from mapgen.toponyms.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights in log odds.  ``surroundings`` judges a name by the words beside it, ``coherence`` by that and by its
    document; names that score under ``threshold`` are not places.  ``ranking`` chooses among the meanings of a name,
    ``calibration`` says how sure that is."""

    surroundings: Surroundings
    coherence: Coherence
    ranking: Ranking
    calibration: Calibration
    threshold: float


@cache
def parameters() -> Parameters:
    """The packaged parameters."""
    table = json.loads(files(__package__).joinpath("parameters.json").read_text(encoding="utf-8"))
    return Parameters(
        Surroundings(table["surroundings"]), Coherence(table["document"]), Ranking(table["ranking"]),
        Calibration(table.get("calibration", {})), table["threshold"],
    )  # fmt: skip
