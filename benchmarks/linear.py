"""Text without a shape: seconds for a length, twice and four times that; linear time doubles.

    python -m benchmarks linear

Every text goes through the whole text path (``mapgen.pipeline.extract``).
"""

from __future__ import annotations

import datetime as dt
import time

from mapgen.gazetteer import Gazetteer
from mapgen.model import Document
from mapgen.pipeline import extract

LENGTHS = (50_000, 100_000, 200_000)  # characters
UNITS = {
    "prose": "Protesters stormed the town hall in Zhanaozen on Wednesday, police said, and 12 people were hurt. ",
    "one sentence of events": "Police shot protesters in Minsk on January 5, 2022, eight people were killed in Aktau, ",
    "one word": "A",
    "words of 100,000 letters": "A" * 100_000 + " ",
    "spaces": " ",
    "line ends": "\n",
    "brackets": "(",
    "quotation marks": "“",
    "one-letter words": "a ",
    "one-letter names": "A ",
    "names": "Almaty ",
    "names, commas": "Almaty, ",
    "hyphens": "Al-",
    "initials": "U.S.",
    "numbers": "12 ",
    "number words": "hundred and ",
    "days": "Wednesday, January 5 ",
    "dates": "5 January 2022 ",
    "clauses": "killed 5 people on 5 January 2022. ",
    "possessives": "New York's ",
    "from and to": "troops from Osh to ",
    "bearings": "30 km north of ",
    "accents": "e\u0301",
    "Arabic": "قتل في بغداد ",
    "Chinese": "北京",
    "Cyrillic": "в Алматы ",
    "Cyrillic, hyphens": "Нью-Йорк ",
}


def main() -> None:
    """Print the table."""
    print(f"{'':26}" + "".join(f"{length:>10,}" for length in LENGTHS) + "   growth   s/MB")
    towns = "".join(f"{entry.name}, " for entry in Gazetteer().nearest(48.1, 11.6, 10_000))
    for name, unit in (UNITS | {"different names": towns}).items():
        seconds = []
        for length in LENGTHS:
            text = (unit * (length // len(unit) + 1))[:length]
            start = time.process_time()
            extract(Document("d", text, published=dt.date(2022, 1, 6)))
            seconds.append(time.process_time() - start)
        size = len(text.encode()) / 1e6
        growth = seconds[2] / max(seconds[1], 1e-3)
        print(
            f"{name:26}" + "".join(f"{s:10.2f}" for s in seconds) + f"{growth:9.1f}{seconds[2] / size:7.2f}", flush=True
        )


if __name__ == "__main__":
    main()
