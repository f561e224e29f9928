"""How fast texts become events on one core: articles a second, where the time goes, and whether it grows linearly.

Texts are the development articles and news texts of the shared data, or the reports of ``maps/`` where that is absent.
The profile is sampled (a look at the stack every millisecond of CPU time), so that it costs next to nothing and time
in regular expressions falls to the module that uses them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import FrameType

from mapgen.model import Document
from mapgen.pipeline import extract

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MAPGEN_SHARED", ROOT.parent / "shared"))
PUBLISHED = dt.date(2022, 1, 6)
ARTICLE = 600  # words
MOST = 300  # texts of each corpus


def corpora() -> Iterator[tuple[str, list[str]]]:
    """Texts by kind: reports full of events, and news texts as they come."""
    reports = [*sorted((SHARED / "events").glob("seed.txt")), *sorted((SHARED / "events" / "dev").glob("*.txt"))]
    yield "reports of unrest and war", [path.read_text("utf-8") for path in reports or (ROOT / "maps").glob("*/*.txt")]
    for name in ("lgl", "geovirus"):
        path = SHARED / "geoparse" / f"{name}.jsonl"
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield f"news texts ({name})", [json.loads(line)["text"] for line in islice(lines, MOST)]


def read(texts: list[str]) -> int:
    """Extract the events of ``texts``; how many."""
    return sum(len(extract(Document(f"d{i}", text, published=PUBLISHED)).events) for i, text in enumerate(texts))


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The least CPU time of a few runs."""
    spent = []
    for _ in range(runs):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """Counts, for each millisecond of CPU time, the module of mapgen that was at work."""
    counts: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None and "/mapgen/" not in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is not None:
            counts[frame.f_code.co_filename.rpartition("/mapgen/")[2].removesuffix(".py")] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    try:
        yield counts
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def main() -> None:
    """Print speed by corpus, shares by module, and time by length."""
    everything: list[str] = []
    read(["Police arrested 30 protesters in Minsk on Wednesday."])  # what is loaded once
    print(f"{'one core':34}{'words':>9}{'events':>8}{'articles/s':>12}{'× splitting into words':>24}")
    for name, texts in corpora():
        words = sum(len(text.split()) for text in texts)
        spent = seconds(lambda texts=texts: read(texts))
        plain = seconds(lambda texts=texts: [re.findall(r"\w+", text) for text in texts for _ in range(10)]) / 10
        print(
            f"{name:34}{words:9,}{read(texts):8}{words / ARTICLE / spent:12.0f}{spent / max(plain, 1e-9):24.0f}",
            flush=True,
        )
        everything += texts
    with sampled() as counts:
        read(everything)
    total = sum(counts.values())
    for part in ("toponyms", "gazetteer", "events", ""):
        mine = {name: n for name, n in counts.items() if name.startswith(f"{part}/") or (not part and "/" not in name)}
        shown = ", ".join(f"{name.rpartition('/')[2]} {n / total:.0%}" for name, n in Counter(mine).most_common(9))
        print(f"  {part or 'the rest':10}{sum(mine.values()) / total:5.0%}  {shown}")
    words_of = [text for text in everything if 200 < len(text.split()) < 1500]
    for times in (1, 10, 100):
        text, count = "", 0
        for one in words_of:
            if count >= ARTICLE * times:
                break
            text, count = f"{text}\n\n{one}", count + len(one.split())
        spent = seconds(lambda text=text: read([text]), 9 if times == 1 else 3)
        print(
            f"one text of {count:6,} words: {1000 * spent / count * ARTICLE:6.2f} ms for each {ARTICLE} words",
            flush=True,
        )


if __name__ == "__main__":
    main()
