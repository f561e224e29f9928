"""Events as GeoJSON: geometry by role, lon/lat order, the antimeridian."""

from __future__ import annotations

from mapgen.layers import geometry, layers, to_geojson
from mapgen.model import Event, EventCollection, Place

SUVA, APIA = Place("Suva", -18.14, 178.44, role="origin"), Place("Apia", -13.83, -171.77, role="destination")


def test_positions_are_longitude_first(collection: EventCollection) -> None:
    assert to_geojson(collection)["features"][0]["geometry"] == {"type": "Point", "coordinates": [72.2427, 42.5228]}


def test_contingents_make_one_line_each_to_the_destination(collection: EventCollection) -> None:
    shape = geometry(collection.events[1])
    assert shape is not None
    assert shape["type"] == "MultiLineString"
    assert [line[-1] for line in shape["coordinates"]] == [[72.2427, 42.5228]] * 2


def test_one_origin_and_one_destination_make_a_line() -> None:
    places = (Place("A", 1, 2, role="origin"), Place("B", 3, 4, role="destination"))
    assert geometry(Event("troop_movement", "t", places=places)) == {
        "type": "LineString",
        "coordinates": [[2, 1], [4, 3]],
    }


def test_a_line_over_the_antimeridian_is_cut_there_in_both_directions() -> None:
    for origin, goal in ((SUVA, APIA), (APIA.at("origin"), SUVA.at("destination"))):
        shape = geometry(Event("troop_movement", "t", places=(origin, goal)))
        assert shape is not None
        west, east = shape["coordinates"]
        assert {west[-1][0], east[0][0]} == {180.0, -180.0}
        assert west[-1][1] == east[0][1]
        assert -18.14 < west[-1][1] < -13.83
        assert all(abs(a[0] - b[0]) < 180 for a, b in (west, east))


def test_an_event_without_a_place_has_no_geometry_and_stays(collection: EventCollection) -> None:
    feature = to_geojson(collection)["features"][3]
    assert feature["geometry"] is None
    assert feature["properties"]["event_type"] == "arrests"


def test_several_sites_are_one_event_with_many_points() -> None:
    event = Event("protest", "p", places=(Place("A", 1, 2, role="site"), Place("B", 3, 4, role="site")))
    assert geometry(event) == {"type": "MultiPoint", "coordinates": [[2, 1], [4, 3]]}


def test_the_collection_carries_documents_mentions_and_what_was_skipped(collection: EventCollection) -> None:
    told = to_geojson(collection)
    assert told["documents"][0]["published"] == "2022-01-06"
    assert told["mentions"][0] == {
        "doc_id": "doc-1", "start": 27, "end": 32, "surface": "Talas", "name": "Talas", "lat": 42.5228,
        "lon": 72.2427, "gazetteer": "geonames:1527299",
    }  # fmt: skip
    assert told["skipped"] == [{"where": "a.csv row 3", "reason": "has no place"}]


def test_there_is_one_layer_for_each_type_that_occurs(collection: EventCollection) -> None:
    found = layers(collection)
    assert [(layer.key, len(layer.features)) for layer in found] == [
        ("troop_movement", 1), ("protest", 1), ("riot", 1), ("arrests", 1), ("service_closure", 1),
    ]  # fmt: skip
    assert all(layer.color.startswith("#") and layer.label for layer in found)


def test_a_type_of_the_users_own_gets_a_layer_too() -> None:
    assert layers(EventCollection((Event("flood_wave", "f"),)))[0].label == "Flood wave"
