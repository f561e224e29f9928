"""Events that are made up to measure with: 8 types, days, 110 characters of text, places all over a wide country."""

from __future__ import annotations

import datetime as dt
import random

from mapgen.model import Event, Place, Source, When

KINDS = (
    "protest",
    "riot",
    "arrests",
    "shelling_airstrike",
    "armed_clash",
    "troop_movement",
    "state_order",
    "looting_arson",
)
STATUSES = ("confirmed", "confirmed", "reported", "planned", "denied")
FIRST_DAY = dt.date(2021, 1, 1)
DAYS = 730
LENGTH = 110  # characters of text
WORDS = (
    "crowd police square residents report night market road bridge column official district checkpoint hospital "
    "morning evening centre northern southern village factory station deputy governor statement witnesses shots smoke"
).split()
SOURCES = tuple(
    Source(title=f"Day by day, {n}", url=f"https://news.example/{n}", publisher=f"Paper {n % 7}") for n in range(40)
)


def events(count: int, seed: int = 7) -> list[Event]:
    """``count`` events, the same for the same seed; each has its own place, id and text."""
    chance = random.Random(seed)
    return [_event(n, chance) for n in range(count)]


def _event(n: int, chance: random.Random) -> Event:
    kind = KINDS[chance.randrange(len(KINDS))]
    start = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
    lat = min(max(chance.gauss(48.0, 3.0), 40.0), 56.0)
    lon = min(max(chance.gauss(67.0, 8.0), 46.0), 88.0)
    title = " ".join(chance.choice(WORDS) for _ in range(6)).capitalize()
    quote = " ".join(chance.choice(WORDS) for _ in range(24))[: LENGTH - len(title)]
    place = Place(f"District {n % 400}", round(lat, 5), round(lon, 5), role="site", country="KZ", granularity="city")
    return Event(
        kind, title, STATUSES[chance.randrange(len(STATUSES))], when=When(start, start, 1), places=(place,),
        quote=quote, source=SOURCES[n % len(SOURCES)], event_id=f"{chance.getrandbits(48):012x}",
    )  # fmt: skip
