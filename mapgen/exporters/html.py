"""EventMap: a folium.Map of events, written as one self-contained page.

Neither text of an input nor our own page passes through a folium or branca template: the figure's ``render`` returns
finished markup.  Layers of folium that a user adds are rendered by folium, as folium renders them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure

from mapgen.atomic import write_atomic
from mapgen.errors import OptionsError
from mapgen.exporters.articles import articles
from mapgen.exporters.content import content, extent_of, shown_places
from mapgen.exporters.fallback import description, fallback
from mapgen.exporters.folium_layers import additions
from mapgen.exporters.page import frame, languages, render
from mapgen.exporters.picture import HEIGHT, WIDTH, svg
from mapgen.exporters.tile_archive import TileArchive, cut_archive, is_archive, remote_archive
from mapgen.exporters.tiles import tile_provider
from mapgen.model import Event, EventCollection
from mapgen.taxonomy import TYPES, EventType
from mapgen.views import View


class EventMap(folium.Map):
    """An interactive map of events, as a folium.Map.

    ``events`` is an EventCollection or any number of Events; ``basemap`` is "offline" (no request to anyone), the
    xyzservices name of a tile provider that needs no key, or a PMTiles archive: a file, which is cut to the map and
    carried in the page, or with ``allow_remote`` an address; ``lang`` (ISO 639-1) is the language of the interface;
    ``types`` are the event types with their labels, colours and icons; ``presets`` are choices of layers to offer,
    ``story`` views to be led through; ``with_text`` shows the articles' own text beside the map (only where it may be
    shown); ``overlays`` are GeoJSON files drawn under the events.  Other folium layers can be added to it; what they
    load from elsewhere is refused when the page is made, unless ``allow_remote``.

    Making the page sets ``notes``: sentences about what it carries.

    Raises OptionsError for a basemap or language that there is not; making the page raises InputError for an overlay
    or archive that cannot be drawn.
    """

    def __init__(
        self,
        events: EventCollection | Iterable[Event],
        title: str | None = None,
        basemap: str = "offline",
        lang: str = "en",
        types: Mapping[str, EventType] = TYPES,
        allow_remote: bool = False,
        presets: Sequence[View] = (),
        story: Sequence[View] = (),
        with_text: bool = False,
        overlays: Sequence[Path | str] = (),
    ) -> None:
        super().__init__(tiles=None)
        if lang not in languages():
            raise OptionsError(f"the page does not speak {lang!r}; its languages are {', '.join(languages())}")
        self.collection = events if isinstance(events, EventCollection) else EventCollection(tuple(events))
        self.title = title or next((d.title for d in self.collection.documents if d.title), None) or "Map of events"
        self.allow_remote = allow_remote
        self.notes: tuple[str, ...] = ()
        self._archive = basemap if is_archive(basemap) else None
        self._tiles = None if basemap == "offline" or self._archive else tile_provider(basemap)
        self._lang = lang
        self._types = types
        self._overlays = tuple(overlays)
        self._presets, self._story, self._with_text = tuple(presets), tuple(story), with_text
        self._figure = _Page(self)
        self._figure.add_child(self)

    def render(self, **kwargs: Any) -> str:
        """The whole page, as text."""
        tiles = self._tiles
        data = content(
            self.collection,
            title=self.title,
            lang=self._lang,
            types=self._types,
            tiles=tiles,
            under=self._overlays,
            story=self._story,
        )
        data["presets"] = [view.record() for view in self._presets]
        data["story"] = [view.record() for view in self._story]
        data["articles"] = articles(self.collection) if self._with_text else []
        archive = self._tile_archive()
        if archive and archive.attribution:
            data["base"]["attribution"] = [*data["base"]["attribution"], archive.attribution]
        return render(
            data,
            plain=fallback(self.collection, self.title, self._lang, self._types, self._overlays),
            description=description(self.collection),
            tile_host=tiles["host"] if tiles else None,
            archive=archive,
            additions=additions(self, self.allow_remote),
        )

    def _tile_archive(self) -> TileArchive | None:
        if not self._archive:
            return None
        if "://" in self._archive:
            return remote_archive(self._archive, self.allow_remote)
        places = shown_places(self.collection)
        spots = list(dict.fromkeys((place.lon, place.lat) for place in places))
        archive = cut_archive(Path(self._archive), extent_of(places), spots)
        self.notes = (archive.note,)
        return archive

    def to_svg(self, width: int = WIDTH, height: int = HEIGHT) -> str:
        """The map as one SVG picture of ``width`` by ``height`` CSS pixels, drawn without a browser."""
        return svg(self.collection, self.title, self._types, width=width, height=height, under=self._overlays)

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the page to the path ``outfile``, atomically; raises InputError where it cannot be written."""
        write_atomic(Path(outfile), self.render().encode())

    def _repr_html_(self, **kwargs: Any) -> str:
        return frame(self.render(), self.title)


class _Page(Figure):
    """The figure around an EventMap: rendering it is rendering the map's page."""

    def __init__(self, event_map: EventMap) -> None:
        super().__init__()
        self._event_map = event_map

    def render(self, **kwargs: Any) -> str:
        return self._event_map.render()

    def _repr_html_(self, **kwargs: Any) -> str:
        return self._event_map._repr_html_()
