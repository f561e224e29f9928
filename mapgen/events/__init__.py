"""Events: places, dates, actors, figures and who says so, read from a document's sentences."""

from mapgen.events.classifier import classify
from mapgen.events.extract import extract_events

__all__ = ["classify", "extract_events"]
