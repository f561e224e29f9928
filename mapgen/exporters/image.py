"""A picture of a map: taken by a real Chromium, or drawn without one (extra ``mapgen[image]``)."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from mapgen.atomic import write_atomic
from mapgen.errors import InputError, MissingExtraError, OptionsError

WIDTH, HEIGHT, SCALE = 1280, 800, 2  # CSS pixels, and device pixels for each
PICTURES = (".png", ".svg")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """The Chromium to use: the one that $CHROMIUM names, one on the PATH, Playwright's own, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, _NAMES)), None) or _playwrights_own()


def save_picture(page: Path, path: Path, drawn: str) -> None:
    """Write a picture of the map in ``page``: SVG (``drawn``), or PNG from Chromium where there is one, else from it.

    Raises MissingExtraError where neither Chromium nor resvg is there for a PNG, OptionsError for another ending.
    """
    check_picture(path)
    if path.suffix.lower() == ".svg":
        write_atomic(path, drawn.encode())
        return
    try:
        save_image(page, path)
    except MissingExtraError:
        write_atomic(path, rasterised(drawn, SCALE))


def check_picture(path: Path) -> None:
    """Raises OptionsError where the ending of ``path`` is not that of a picture."""
    if path.suffix.lower() not in PICTURES:
        raise OptionsError(f"{path}: a picture is a .png or a .svg file")


def rasterised(drawn: str, scale: int) -> bytes:
    """SVG text as PNG, ``scale`` device pixels for each of its own; raises MissingExtraError without resvg."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingExtraError("a picture needs a Chromium or resvg: pip install 'mapgen[image]'") from error
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=scale))


def save_image(
    page: Path,
    path: Path,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
    scale: int = SCALE,
    dark: bool = False,
    bare: bool = False,
) -> None:
    """Write a PNG of the map in the HTML file ``page``: ``width`` by ``height`` CSS pixels, ``scale`` times as dense.

    ``bare``: title, map and legend only, without what a reader would click.  Raises MissingExtraError where there is no
    Playwright or no Chromium, InputError where the page is no map.
    """
    take = partial(_screenshot, page, width=width, height=height, scale=scale, dark=dark, bare=bare)
    with ThreadPoolExecutor(1) as thread:  # Playwright refuses to run beside an event loop, such as a notebook's
        write_atomic(path, thread.submit(take).result())


def _screenshot(page: Path, *, width: int, height: int, scale: int, dark: bool, bare: bool) -> bytes:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise MissingExtraError("a picture needs Playwright: pip install 'mapgen[image]'") from error
    executable = chromium_path()
    if not executable:
        raise MissingExtraError(
            "a picture needs a Chromium: run `playwright install chromium`, install your system's chromium package, "
            "or set CHROMIUM to the path of one"
        )
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        except Error as error:
            raise MissingExtraError(f"the Chromium {executable} does not start; set CHROMIUM to another") from error
        try:
            tab = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            tab.goto(page.resolve().as_uri() + ("#bare" if bare else ""))
            tab.evaluate("() => window.mapgen.ready")
            return bytes(tab.screenshot())
        except Error as error:
            raise InputError(f"{page}: is not a map made by mapgen, so no picture of it could be taken") from error
        finally:
            browser.close()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
