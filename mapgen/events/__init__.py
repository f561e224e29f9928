"""Events: places, dates, actors, figures, status and quotes ─► what happened, where, when and who says so."""

from mapgen.events.classifier import classify
from mapgen.events.extract import extract_events

__all__ = ["classify", "extract_events"]
