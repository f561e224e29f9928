"""Events out: ``export`` chooses the form by the file's suffix."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from mapgen.atomic import write_atomic
from mapgen.errors import OptionsError
from mapgen.model import EventCollection

# suffix ─► module of this package, whose ``to_bytes(collection)`` makes the file's content
_FORMS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".kml": "kml",
    ".gpkg": "geodataframe",
    ".parquet": "geodataframe",
}


def exportable(path: Path) -> str:
    """The suffix of ``path`` where events can be written so; raises OptionsError naming the ones there are."""
    suffix = path.suffix.lower()
    if suffix not in _FORMS:
        raise OptionsError(f"{path}: events cannot be written as {suffix or 'a file without suffix'}; "
                           f"there are {', '.join(_FORMS)}")  # fmt: skip
    return suffix


def export(collection: EventCollection, path: Path) -> None:
    """Write the events to ``path``, atomically, in the form that its suffix names."""
    suffix = exportable(path)
    module = import_module(f"mapgen.exporters.{_FORMS[suffix]}")
    write_atomic(path, module.to_bytes(collection, suffix))
