"""The gazetteer behind geopy's interface."""

import pytest

from mapgen.gazetteer import PACKAGED
from mapgen.gazetteer.geocoder import GazetteerGeocoder

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the index is not built (python -m geodata.build)")


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


def test_geocode_gives_a_location_with_the_entry(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Springfield, Illinois")
    assert location.address == "Springfield, Illinois, US"
    assert location.latitude == pytest.approx(39.8, abs=0.05)
    assert location.raw["id"] == "geonames:4250542"


def test_geocode_many_in_one_country(geocoder: GazetteerGeocoder) -> None:
    locations = geocoder.geocode("Springfield", exactly_one=False, country_codes="US", limit=5)
    assert len(locations) == 5
    assert {location.raw["country"] for location in locations} == {"US"}


def test_unknown_is_none(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Xyzzyqqq") is None
    assert geocoder.geocode("Xyzzyqqq", exactly_one=False) is None


@pytest.mark.parametrize("point", ["51.18, 71.45", (51.18, 71.45)])
def test_reverse_gives_the_nearest_place(geocoder: GazetteerGeocoder, point: object) -> None:
    assert geocoder.reverse(point).raw["name"] == "Astana"
