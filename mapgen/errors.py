"""What can go wrong, as one tree.

::

    MapgenError                 any failure that mapgen foresees: one sentence, shown as it is
    ├── InputError (ValueError)     the input cannot be used: missing, empty, binary, malformed, refused
    ├── FetchError (OSError)        a URL could not be fetched, or must not be
    ├── GazetteerError              the gazetteer index is missing, damaged or of another version
    ├── GeocoderError               a geocoding service failed or answered nonsense
    ├── ExtractorError              another extractor, or the model that it asks, failed
    ├── OptionsError (ValueError)   an option or a map.toml entry is wrong
    └── MissingExtraError (ImportError)   an optional dependency is not installed

A message says what is wrong, where (file, row, field) and what to do.  Nothing found is a value, not an error.
"""


class MapgenError(Exception):
    """Any failure that mapgen foresees; ``str(error)`` is a sentence for the user."""


class InputError(MapgenError, ValueError):
    """The input cannot be used: it is missing, empty, binary, malformed or refused."""


class FetchError(MapgenError, OSError):
    """A URL could not be fetched, or must not be (private address, too large, too slow)."""


class GazetteerError(MapgenError):
    """The gazetteer index is missing, damaged or was built by another version."""


class GeocoderError(MapgenError):
    """A geocoding service failed or answered something that is not a place."""


class ExtractorError(MapgenError):
    """Another extractor, or the model that it asks, failed; ``final`` where asking again is of no use."""

    def __init__(self, message: str, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class OptionsError(MapgenError, ValueError):
    """An option, or an entry of a map.toml, is wrong."""


class MissingExtraError(MapgenError, ImportError):
    """An optional dependency is needed for what was asked; the message names the extra to install."""
