"""What the cells of a type column say, in our keys, labels and usual words of several languages ─► our type."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from mapgen.taxonomy import GROUPS, TYPES


@lru_cache(maxsize=1)
def type_labels() -> Mapping[str, str]:
    """Casefolded label ─► key of our type: ACLED's names, the words of ``types.toml``, our labels and keys."""
    words = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf-8"))
    first_of_group = {
        group.label: next(k for k, t in TYPES.items() if t.group == group.key) for group in GROUPS.values()
    }
    codes = tomllib.loads((Path(__file__).with_name("forms") / "acled.toml").read_text(encoding="utf-8"))["codes"]
    table = {label.casefold(): key for label, key in {**codes["event_type"], **codes["sub_event_type"]}.items()}
    table |= {word.casefold(): key for key, row in words.items() for word in row}
    table |= {label.casefold(): key for label, key in first_of_group.items()}
    table |= {kind.label.casefold(): key for key, kind in TYPES.items()}
    return table | {key: key for key in TYPES}
