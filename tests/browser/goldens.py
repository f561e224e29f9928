"""Eight views of the page, kept small and compared with tolerance: ``python -m tests.browser.goldens`` takes them anew.

A view is a screenshot shrunk to a quarter, and the boxes of the page's parts.  A pixel matches where the other picture
has its like within two pixels (eight of the screen), so that another Chromium's drawing passes; what is missing, moved
further or of another colour does not: least of all where it is coloured, as events are and text is not.  The ground,
which is quiet, is compared by blocks.  Texts flow with their fonts: in the list only the ground counts, and where the
fonts are others than those of the goldens, coloured things may have moved with their lines.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from mapgen.exporters.html import EventMap
from mapgen.exporters.image import FLAGS, chromium_path
from mapgen.model import EventCollection
from mapgen.options import Options
from mapgen.pipeline import read
from maps.__main__ import invent

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "goldens"
TOLD = KEPT / "told.json"  # view ─► what was measured when it was taken
SHRINK = 4  # CSS pixels a side that become one
STEP = 16  # of 255: the colours of a kept picture are rounded to it
REACH = 2  # pixels in which the like of a pixel is sought
UNLIKE = 48  # of 255, in any channel
COLORED = 50  # of 255 between the channels: marks, arrows and switches, not text, which is grey
UNLIKE_COLORED = {
    True: 0.0003,
    False: 0.002,
}  # of all pixels may be coloured and unlike, with the same fonts or others,
UNLIKE_ANY = 0.008  # or unlike
BLOCK = 8  # pixels a side; the colour that most of a block has is its ground
GROUND = 14  # of 255: how far the ground may be off,
UNLIKE_GROUNDS = 0.1  # but for so many of the blocks
MOVED = 32  # CSS pixels that an edge of a part may be off: a line of the title more or less
FONTS = 0.01  # of the width of a text: fonts that differ more are others
DESKTOP, PHONE = (1280, 800), (390, 844)
PARTS = {
    "head": ".head", "panel": ".panel", "list": ".story, .rows", "timeline": ".timeline", "buttons": ".zoom",
    "layers": ".legend", "credits": ".attribution", "map": ".map",
}  # fmt: skip
MEASURE = """parts => {
  const box = (element) => {
    if (!element) return null;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left, top, right, bottom].map(Math.round);
  };
  const shown = (name) => [...document.querySelectorAll(name)].find((element) => element.offsetWidth);
  const pen = document.createElement("canvas").getContext("2d");
  const widths = ["15px system-ui, sans-serif", "22px ui-serif, Charter, Georgia, serif"].map((font) => {
    pen.font = font;
    return pen.measureText("Events on a map, 1234567890").width;
  });
  return { widths, parts: Object.fromEntries(Object.entries(parts).map(([key, name]) => [key, box(shown(name))])) };
}"""
Picture = np.ndarray[Any, np.dtype[np.int16]]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """One view: the folder of maps/ that it is of, the window, and what is said to the browser."""

    name: str
    folder: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    media: str = "screen"


VIEWS = (
    View("desktop", "kazakhstan-2022"),
    View("phone", "kazakhstan-2022", PHONE),
    View("dark", "kazakhstan-2022", dark=True),
    View("print", "kazakhstan-2022", media="print"),
    View("story", "autumn-1989"),
    View("antimeridian", "tonga-2022"),
    View("thousands", "thousands"),
    View("cyrillic", "chernobyl-1986"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A view as it was seen: shrunk, with the boxes of the page's parts in CSS pixels and the width of two texts."""

    picture: Picture
    parts: dict[str, list[int] | None]
    widths: list[float]

    @classmethod
    def of(cls, chromium: Any, view: View, page: Path, fault: Callable[[Any], object] | None = None) -> Seen:
        """The view of a page now; ``fault`` gets the tab before it is taken."""
        width, height = view.size
        scheme = "dark" if view.dark else "light"
        window = chromium.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        tab = window.new_page()
        tab.emulate_media(media=view.media, color_scheme=scheme, reduced_motion="reduce")
        tab.goto(page.as_uri())
        tab.evaluate("() => window.mapgen.ready")
        tab.wait_for_timeout(300)
        if fault:
            fault(tab)
            tab.wait_for_timeout(300)
        told = tab.evaluate(MEASURE, PARTS)
        with Image.open(io.BytesIO(tab.screenshot())) as shot:
            small = shot.convert("RGB").resize((width // SHRINK, height // SHRINK), Image.Resampling.BOX)
        window.close()
        return cls(np.asarray(small).astype(np.int16), told["parts"], told["widths"])

    @classmethod
    def kept(cls, name: str) -> Seen:
        """The golden of a view."""
        with Image.open(KEPT / f"{name}.webp") as image:
            return cls(np.asarray(image.convert("RGB")).astype(np.int16), **json.loads(TOLD.read_text())[name])

    def keep(self, name: str) -> Path:
        """Write it as the golden of a view."""
        KEPT.mkdir(exist_ok=True)
        told = json.loads(TOLD.read_text()) if TOLD.exists() else {}
        told[name] = {"parts": self.parts, "widths": self.widths}
        TOLD.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
        rounded = (np.round(self.picture / STEP) * STEP).clip(0, 255).astype(np.uint8)
        Image.fromarray(rounded).save(KEPT / f"{name}.webp", lossless=True, quality=100, method=6)
        return KEPT / f"{name}.webp"

    def same_fonts(self, other: Seen) -> bool:
        """Whether texts are as wide as on the machine of the other."""
        return all(abs(a / b - 1) < FONTS for a, b in zip(self.widths, other.widths, strict=True))


def page_of(view: View, folder: Path) -> Path:
    """The page of a view's map, made of its reviewed events, so that the goldens are of the page alone."""
    path = folder / f"{view.folder}.html"
    if path.exists():
        return path
    if view.folder == "thousands":
        invent(folder / "events.csv")
        source, options = folder / "events.csv", Options(title="A year of 5,000 invented events")
    else:
        source = ROOT / "maps" / view.folder / "events.geojson"
        options = Options.load(ROOT / "maps" / view.folder / "map.toml")
    collection = read(source)
    assert isinstance(collection, EventCollection)
    shown = {"title": options.title, "lang": options.lang, "story": options.story, "presets": options.presets}
    EventMap(collection, **shown).save(path)  # type: ignore[arg-type]
    return path


def difference(golden: Seen, now: Seen) -> str | None:
    """What is different, in words; None where the two are alike."""
    if golden.picture.shape != now.picture.shape:
        return f"{now.picture.shape} pixels instead of {golden.picture.shape}"
    for name, box in golden.parts.items():
        own = now.parts.get(name)
        if (box is None) != (own is None) or any(abs(a - b) > MOVED for a, b in zip(box or (), own or (), strict=True)):
            return f"the {name} is at {own} instead of {box}"
    grounds = np.abs(_grounds(golden.picture) - _grounds(now.picture)).max(axis=2) > GROUND
    unlike = _unlike(golden.picture, now.picture) | _unlike(now.picture, golden.picture)
    for box in (golden.parts["list"], now.parts["list"]):
        left, top, right, bottom = (max(0, side // SHRINK) for side in box or (0, 0, 0, 0))
        unlike[top:bottom, left:right] = False
    colored = unlike & (np.maximum(np.ptp(golden.picture, axis=2), np.ptp(now.picture, axis=2)) > COLORED)
    for what, found, allowed, side in (
        ("grounds", grounds, UNLIKE_GROUNDS, BLOCK * SHRINK),
        ("coloured pixels", colored, UNLIKE_COLORED[golden.same_fonts(now)], SHRINK),
        ("pixels", unlike, UNLIKE_ANY, SHRINK),
    ):
        if found.mean() > allowed:
            y, x = (round(float(np.median(at))) * side for at in np.nonzero(found))
            return f"{found.mean():.2%} {what} are unlike (at most {allowed:.2%}), most of them around ({x}, {y})"
    return None


def _grounds(picture: Picture) -> Picture:
    """The median colour of each block."""
    height, width = (size // BLOCK for size in picture.shape[:2])
    blocks = picture[: height * BLOCK, : width * BLOCK].reshape(height, BLOCK, width, BLOCK, 3)
    return np.asarray(np.median(blocks.swapaxes(1, 2).reshape(height, width, -1, 3), axis=2)).astype(np.int16)


def _unlike(one: Picture, other: Picture) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The pixels of ``one`` of which ``other`` has no like nearby."""
    height, width, _ = one.shape
    around = np.pad(other, ((REACH, REACH), (REACH, REACH), (0, 0)), mode="edge")
    nearest = np.full((height, width), 255, dtype=np.int16)
    for dy in range(2 * REACH + 1):
        for dx in range(2 * REACH + 1):
            moved = np.abs(around[dy : dy + height, dx : dx + width] - one).max(axis=2)
            nearest = np.minimum(nearest, moved)
    return nearest > UNLIKE


def main() -> int:
    """Take all views anew."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if not path:
        print("no Chromium: run python -m tests.browser.install")
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=list(FLAGS))
        for view in VIEWS:
            written = Seen.of(browser, view, page_of(view, Path(folder))).keep(view.name)
            print(f"{written.relative_to(ROOT)}  {written.stat().st_size:,} bytes")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
