"""The page at scale beside folium's, in one run: building, file, opening, one layer's toggle, memory.

``python -m benchmarks.page [--folium all]``. Input is the same list of Event objects for all, made before the clock
starts; all data are kept by mapgen, title, day and words by folium. "Ready" is from the start of the navigation until
the second frame after the page has loaded (mapgen: also ``mapgen.ready``); a toggle is from the call until the second
frame after it, so two frames (33 ms) are the least; each toggle is the median of 9. folium's Leaflet is served from
node_modules, so that no network is measured. Needs Chromium.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import gzip
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.peers import CDN, PEERS
from benchmarks.synthetic import events as synthetic
from mapgen.exporters.image import FLAGS, chromium_path

MODULES = Path(__file__).parent.parent / "node_modules"
SERVED = {  # what folium loads from elsewhere ─► what stands in for it; the rest is answered with nothing
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
NEEDED = {  # by FastMarkerCluster, and by popups: all that folium asks of jQuery is markup to element
    "leaflet.awesome-markers.js": "L.AwesomeMarkers = { icon: () => new L.Icon.Default() };",
    "jquery-3.7.1.min.js": """window.$ = (markup) => {
      const template = document.createElement("template");
      template.innerHTML = markup;
      return [template.content.firstElementChild];
    };""",
}
TOGGLES = 9
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def answer(route: Any) -> None:
    """Files are themselves; what folium asks of the network comes from node_modules, or is empty."""
    url = route.request.url.partition("?")[0]
    if url.startswith("file:"):
        route.continue_()
        return
    name = url.rpartition("/")[2]
    served = MODULES / SERVED.get(name, "")
    route.fulfill(path=served) if served.is_file() else route.fulfill(body=NEEDED.get(name, ""))


def opened(browser: Any, path: Path, toggle: str | None) -> dict[str, float]:
    """Milliseconds until ready and for a toggle, megabytes of heap."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(180_000)
    tab = context.new_page()
    tab.route("**/*", answer)
    tab.goto(path.as_uri(), timeout=180_000)
    tab.evaluate("() => window.mapgen?.ready")
    figures = {"ready": tab.evaluate(FRAMES)}
    if toggle:
        script = f"""async () => {{ const toggle = {toggle}; const frames = {FRAMES}; const took = [];
          for (let n = 0; n < {TOGGLES}; n++) {{
            const start = performance.now(); toggle(n % 2 === 1); took.push(await frames() - start); await frames(); }}
          return took; }}"""
        figures["toggle"] = statistics.median(tab.evaluate(script))
    session = context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    figures["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    figures["with buffers"] = figures["heap"] + session.send("Runtime.getHeapUsage").get("backingStorageSize", 0) / 1e6
    if "mapgen" in tab.content()[:2000]:
        figures |= moved(tab)
    context.close()
    return figures


def moved(tab: Any) -> dict[str, float]:
    """Frames a second while the map is dragged, and while the timeline is."""
    tab.evaluate("""() => { window.__frames = []; const tick = now => { window.__frames.push(now);
      requestAnimationFrame(tick); }; requestAnimationFrame(tick); }""")
    rate = "() => { const f = window.__frames; return (f.length - 1) * 1000 / (f.at(-1) - f[0]); }"
    figures = {}
    tab.mouse.move(700, 400)
    tab.mouse.down()
    tab.evaluate("() => { window.__frames.length = 0; }")
    for n in range(60):
        tab.mouse.move(700 + 3 * n, 400 + n)
    figures["pan"] = tab.evaluate(rate)
    tab.mouse.up()
    tab.wait_for_timeout(500)
    if tab.query_selector(".ranges input"):
        tab.evaluate("""async () => { const from = document.querySelector(".ranges input"); window.__frames.length = 0;
          for (let n = 1; n <= 40; n++) { from.value = String(n); from.dispatchEvent(new Event("input"));
            await new Promise(requestAnimationFrame); } }""")
        figures["drag"] = tab.evaluate(rate)
    return figures


def build(name: str, count: int, path: Path) -> None:
    """Build one page and print wall and CPU seconds, peak megabytes and the toggle's script."""
    events = synthetic(count)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):  # kepler.gl says where it has written
        toggle = PEERS[name](events, path)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{wall}\n{cpu}\n{peak - before}\n{toggle}")


def row(browser: Any, name: str, count: int, folder: Path) -> None:
    """Build in a fresh process, open, and print one line."""
    path = folder / "page.html"
    command = [sys.executable, "-m", "benchmarks.page", "--build", name, str(count), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name:26}{count:>10,}  not built: {done.stderr.strip().splitlines()[-1]}", flush=True)
        return
    said = done.stdout.splitlines()
    wall, cpu, peak = map(float, said[:3])
    found = opened(browser, path, said[3] if count else None) if said[3] != CDN else {}
    packed = len(gzip.compress(path.read_bytes(), 6)) / 1e6
    shown = [f"{name:26}{count:>10,}{wall:8.2f}{cpu:8.2f}{peak:8.0f}{path.stat().st_size / 1e6:8.2f}{packed:8.2f}"]
    shown += [f"{found.get(key, float('nan')):{width}.0f}" for key, width in
              (("ready", 9), ("toggle", 9), ("heap", 8), ("with buffers", 9), ("pan", 6), ("drag", 6))]  # fmt: skip
    print("".join(shown), flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PEERS)}; default: all")
    parser.add_argument("--build", nargs=3, metavar=("NAME", "COUNT", "PATH"), help=argparse.SUPPRESS)
    parser.add_argument(
        "--folium",
        choices=("some", "all"),
        default="some",
        help="all: 100,000 CircleMarkers, which take minutes and gigabytes; else 10,000",
    )
    given = parser.parse_args()
    if given.build:
        name, count, path = given.build
        build(name, int(count), Path(path))
        return
    circle_count = 100_000 if given.folium == "all" else 10_000
    runs = [("mapgen", 0), ("mapgen", 1000), ("mapgen", 10_000), ("mapgen", 100_000), ("folium GeoJson", 100_000),
            ("folium CircleMarker", circle_count), ("folium FastMarkerCluster", 100_000), ("folium Marker", 10_000),
            *((name, 100_000) for name in ("pydeck", "kepler.gl", "lonboard")), ("mapgen", 1_000_000)]  # fmt: skip
    print(f"{'':26}{'events':>10}{'build s':>8}{'CPU s':>8}{'RAM MB':>8}{'file MB':>8}{'gz MB':>8}"
          f"{'ready ms':>9}{'toggle':>9}{'heap MB':>8}{'+buffers':>9}{'pan':>6}{'drag':>6}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        opened(browser, _empty(Path(folder)), None)  # the browser's own start
        for name, count in (run for run in runs if run[0] in (given.names or PEERS)):
            row(browser, name, count, Path(folder))
        browser.close()


def _empty(folder: Path) -> Path:
    path = folder / "empty.html"
    path.write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
