"""A QGIS layer style (QML): a symbol for each event type, paler where an event is only reported, planned or denied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from mapgen.model import Layer

# per cent of opacity by status, as an expression of QGIS
_OPACITY = "CASE \"status\" WHEN 'confirmed' THEN 100 WHEN 'reported' THEN 75 WHEN 'planned' THEN 50 ELSE 30 END"
_TIP = (
    '<b>[% "title" %]</b><br>[% "date_start" %], [% "status" %][% coalesce(\' (\' || "attribution" || \')\', \'\') %]'
    '<br><i>[% "quote" %]</i>'
)

_ARROW = {"arrow_width": "0.8", "arrow_start_width": "0.2", "head_length": "2.5", "head_thickness": "1.5",
          "is_curved": "0", "is_repeated": "0"}  # fmt: skip
_MARKER = {
    "name": "circle",
    "outline_color": "255,255,255,255",
    "outline_width": "0.3",
    "size": "3.2",
    "size_unit": "MM",
}


def style(layers: Sequence[Layer], movements: bool) -> str:
    """The style of a layer of points, or with ``movements`` of lines, as QML of QGIS 3."""
    root = Element("qgis", version="3.28.0", styleCategories="Symbology|MapTips")
    renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr="event_type", symbollevels="0",
                          enableorderby="0", forceraster="0")  # fmt: skip
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, layer in enumerate(layers):
        SubElement(categories, "category", value=layer.key, symbol=str(number), label=layer.label, render="true")
        color = _rgba(layer.color)
        symbol = _symbol(symbols, str(number), "line" if movements else "marker")
        if movements:
            arrow = _symbol_layer(symbol, "ArrowLine", _ARROW)
            fill = _symbol(arrow, f"@{number}@0", "fill")
            _symbol_layer(fill, "SimpleFill", {"color": color, "style": "solid", "outline_style": "no"})
        else:
            _symbol_layer(symbol, "SimpleMarker", {**_MARKER, "color": color})
    SubElement(root, "mapTip").text = _TIP
    SubElement(root, "layerGeometryType").text = "1" if movements else "0"
    return tostring(root, encoding="unicode")


def _symbol(parent: Element, name: str, kind: str) -> Element:
    symbol = SubElement(parent, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0")
    if not name.startswith("@"):
        properties = SubElement(SubElement(symbol, "data_defined_properties"), "Option", type="Map")
        _option(properties, "name", "")
        opacity = SubElement(SubElement(properties, "Option", name="properties", type="Map"), "Option", name="alpha",
                             type="Map")  # fmt: skip
        SubElement(opacity, "Option", name="active", type="bool", value="true")
        _option(opacity, "expression", _OPACITY)
        SubElement(opacity, "Option", name="type", type="int", value="3")
        _option(properties, "type", "collection")
    return symbol


def _symbol_layer(symbol: Element, kind: str, options: Mapping[str, str]) -> Element:
    layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    drawn = SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        _option(drawn, name, value)
    return layer


def _option(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "Option", name=name, type="QString", value=value)


def _rgba(color: str) -> str:
    """ "#aa3377" as QGIS writes it: "170,51,119,255"."""
    return ",".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
