"""What lies under the events of a picture: the base and the shaded areas, clipped and thinned to a window."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely

from mapgen.exporters.scene import Scene
from mapgen.gazetteer.boundaries import mercator

Point = tuple[float, float]

MARGIN = 46  # pixels around what the map shows
CLOSEST = 9.0  # zoom: one town alone is not shown closer than this
FINE, COARSE = 0.7, 1.6  # pixels that a line may be off
QUIET = "#55616c"
_OVERLAY = f'stroke="{QUIET}" stroke-width="1.6" stroke-opacity="0.65"'
SEA, LAND, BORDER, REGION, RIVER = "#d7e2e8", "#f7f5f0", "#b9b2a6", "#e4dfd5", "#c3d5df"


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that is drawn: Web Mercator, at a zoom; pixels from the picture's upper left corner."""

    lon: float  # degrees, of the middle
    y: float  # degrees of the Mercator plane, of the middle
    scale: float  # pixels in a degree
    width: int
    height: int
    left: float  # pixels: the middle of what is shown lies here
    top: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float] | None, width: int, height: int, right: int) -> Window:
        """The closest view of ``bounds`` (west, south, east, north in degrees) that leaves ``right`` pixels free."""
        west, south, east, north = bounds or (-170.0, -50.0, 170.0, 70.0)
        low, high = mercator(south), mercator(north)
        across, down = width - right - 2 * MARGIN, height - 2 * MARGIN
        scale = min(across / max(east - west, 1e-9), down / max(high - low, 1e-9), 256 * 2**CLOSEST / 360)
        return cls((west + east) / 2, (low + high) / 2, scale, width, height, (width - right) / 2, height / 2)

    def at(self, lat: float, lon: float) -> Point:
        """Where a point of the world lies in the picture."""
        lon += 360 * round((self.lon - lon) / 360)
        return self.left + (lon - self.lon) * self.scale, self.top - (mercator(lat) - self.y) * self.scale

    def unit(self, point: Sequence[float], scale: float) -> Point:
        """Where a point of the base lies; units of ``scale`` degrees, in the base's own turn of longitudes."""
        lon, lat = point[0] * scale, max(-85.0, min(85.0, point[1] * scale))
        return self.left + (lon - self.lon) * self.scale, self.top - (mercator(lat) - self.y) * self.scale


def escaped(text: str) -> str:
    """Text for XML and HTML; braces too, and no character that XML does not have."""
    safe = "".join(char if char in "\t\n" or " " <= char < "\ud800" or char > "\udfff" else "\ufffd" for char in text)
    safe = safe.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return html.escape(safe).replace("{", "&#123;").replace("}", "&#125;")


def base_of(drawn: Scene, window: Window, plain: bool) -> Iterator[str]:
    """Sea, land, borders, lakes; regions and rivers too, unless ``plain``."""
    base, fine = drawn.base, COARSE if plain else FINE

    def paths(parts: Iterable[Sequence[int]], closed: bool = False) -> Iterator[str]:
        return _paths(parts, base["scale"], window, closed, fine)

    yield f'<rect width="{window.width}" height="{window.height}" fill="{SEA}"/>'
    land = [ring for country in base["countries"] for ring in country["rings"]]
    yield _path(paths(land, True), f'fill="{LAND}" fill-rule="evenodd"')
    for key, color in () if plain else (("regions", REGION), ("rivers", RIVER)):
        lines = [line for one in base[key] for line in one.get("lines", ())]
        yield _path(paths(lines), f'fill="none" stroke="{color}"')
    lakes = [ring for lake in base["lakes"] for ring in lake["rings"]]
    yield _path(paths(lakes, True), f'fill="{SEA}" fill-rule="evenodd"')
    for border in base["borders"]:
        dashes = ' stroke-dasharray="4 3"' if border["disputed"] else ""
        yield _path(paths(border["lines"]), f'fill="none" stroke="{BORDER}"{dashes}')


def shades_of(drawn: Scene, window: Window) -> Iterator[str]:
    """Countries and regions in which something happened."""
    for outline in drawn.areas.values():
        yield _path(_paths(outline["rings"], outline["scale"], window, closed=True),
                    f'fill="{QUIET}" fill-opacity="0.1" fill-rule="evenodd" stroke="{QUIET}" stroke-opacity="0.4" '
                    'stroke-dasharray="1.5 4" stroke-linecap="round"')  # fmt: skip


def outlines_of(drawn: Scene, window: Window) -> dict[str, list[list[Point]]]:
    """The rings of the shaded countries and regions in pixels, by gazetteer id."""
    return {
        key: [[window.unit(point, outline["scale"]) for point in _unpacked(ring)] for ring in outline["rings"]]
        for key, outline in drawn.areas.items()
    }


def overlays_of(drawn: Scene, window: Window) -> Iterator[str]:
    """Users' own areas, lines and points, in the page's quiet style."""
    for overlay in drawn.overlays:
        areas = [ring for area in overlay.areas for ring in area]
        yield _path(_lines(areas, window, True), f'fill="{QUIET}" fill-opacity="0.08" fill-rule="evenodd" {_OVERLAY}')
        yield _path(_lines(overlay.lines, window, False), f'fill="none" {_OVERLAY}')
        for lon, lat in overlay.points:
            x, y = window.at(lat, lon)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{QUIET}" fill-opacity="0.55" stroke="#fff"/>'


def _lines(lines: Iterable[Sequence[tuple[float, float]]], window: Window, closed: bool) -> Iterator[str]:
    """Path data of lines of longitude and latitude, each in the turn of the world that is nearest to the picture."""
    for line in lines:
        lons = [lon for lon, _ in line]
        turn = 360 * round((window.lon - (min(lons) + max(lons)) / 2) / 360)
        points = [window.unit((lon + turn, lat), 1.0) for lon, lat in line]
        yield from _clipped(points, window, closed, FINE)


def _paths(
    paths: Iterable[Sequence[int]], scale: float, window: Window, closed: bool = False, fine: float = 0.7
) -> Iterator[str]:
    """Path data, in whole pixels, of what of the base's paths lies in the window."""
    for path in paths:
        yield from _clipped([window.unit(point, scale) for point in _unpacked(path)], window, closed, fine)


def _clipped(points: list[Point], window: Window, closed: bool, fine: float) -> Iterator[str]:
    """Path data of what of a line or ring lies in the window."""
    if len(points) < (4 if closed else 2):
        return
    shape = shapely.Polygon(points) if closed else shapely.LineString(points)
    found = shapely.clip_by_rect(
        shape.simplify(fine, preserve_topology=False), -4, -4, window.width + 4, window.height + 4
    )
    for part in getattr(found, "geoms", [found]):
        line = part.exterior if closed and not part.is_empty and hasattr(part, "exterior") else part
        if not line.is_empty and line.geom_type in ("LineString", "LinearRing"):
            yield _steps(line.coords, closed)


def _unpacked(path: Sequence[int]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in zip(path[::2], path[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x, y


def _steps(points: Iterable[Sequence[float]], closed: bool) -> str:
    whole = [(round(x), round(y)) for x, y in points]
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(whole) if (ax, ay) != (bx, by)]
    data = f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}{'z' if closed else ''}" if steps else ""
    return data.replace(" -", "-")


def _path(data: Iterable[str], attributes: str) -> str:
    joined = "".join(data)
    return f'<path d="{joined}" {attributes}/>' if joined else ""
