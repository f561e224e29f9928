"""The learned weights, as ``benchmarks/train_toponyms.py`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mapgen.toponyms.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights in log odds.  ``surroundings`` judges a name by the words beside it, ``document`` by that and by the rest
    of the document, ``ranking`` chooses among its meanings (see :mod:`mapgen.toponyms.ranking`); names that score
    under ``threshold`` are not places."""

    surroundings: Mapping[str, float]
    document: Mapping[str, float]
    ranking: Ranking
    threshold: float


@cache
def parameters() -> Parameters:
    """The packaged parameters."""
    table = json.loads(files(__package__).joinpath("parameters.json").read_text(encoding="utf-8"))
    return Parameters(table["surroundings"], table["document"], Ranking(table["ranking"]), table["threshold"])
