"""A collection of events with everything that the page must show; an invented coast, on real places."""

from __future__ import annotations

import datetime as dt

from mapgen.model import Claim, Document, Event, EventCollection, Figure, Place, Source, When

PUBLISHED = dt.date(2031, 3, 14)
SOURCE = Source("Harbour dispute, day by day", "https://news.example/harbour", "The Example Courier", PUBLISHED, "doc")

OSLO = Place("Oslo", 59.91, 10.75, country="NO", gazetteer="t:oslo")
BERGEN = Place("Bergen", 60.39, 5.32, country="NO", gazetteer="t:bergen")
AIRPORT = Place("Flesland Airport", 60.29, 5.22, country="NO", granularity="site", radius_km=3, gazetteer="t:bgo")
NEAR_VOSS = Place("Voss", 60.63, 6.42, geo_precision=2, radius_km=25, confidence=0.5, gazetteer="t:voss")
NORWAY = Place("Norway", 62.0, 10.0, granularity="country", geo_precision=3, radius_km=500, gazetteer="iso:NO")
SWEDEN = Place("Sweden", 62.8, 16.7, granularity="country", geo_precision=3, radius_km=500, gazetteer="iso:SE")
DENMARK = Place("Denmark", 56.0, 10.0, granularity="country", geo_precision=3, radius_km=150, gazetteer="iso:DK")
TRONDHEIM = Place("Trondheim", 63.43, 10.39, country="NO", gazetteer="t:trondheim")


def on(day: int | None, last: int | None = None, precision: int = 1) -> When:
    if day is None:
        return When()
    return When(dt.date(2031, 3, day), dt.date(2031, 3, last or day), precision, None)


def event(event_id: str, event_type: str, title: str, when: When, *places: Place, **more: object) -> Event:
    quote = f"{title}, the paper wrote."
    told = {"status": "confirmed", "quote": quote, "quote_start": 0, "quote_end": len(quote), "source": SOURCE, **more}
    return Event(event_type, title, when=when, places=places, event_id=event_id, **told)  # type: ignore[arg-type]


EVENTS = (
    event("e01", "protest", "Dockers march in Oslo", on(10), OSLO.at("site"), actors=("Dockers' union",),
          figures={"participants": Figure(2000, None, None, "about", "about 2,000")}),
    event("e02", "riot", "Windows broken near the parliament", on(11), OSLO.at("site"), status="reported"),
    event("e03", "arrests", "Police detain at least eight people", on(11), OSLO.at("site"),
          figures={"arrested": Figure(8, 8, None, "over", "at least eight")}, attribution="the police"),
    event("e04", "service_closure", "Airport closed for a day", on(12), AIRPORT.at("site"), status="confirmed"),
    event("e05", "troop_movement", "Home guard sent from Trondheim to Bergen", on(12), TRONDHEIM.at("origin"),
          BERGEN.at("destination")),
    event("e06", "troop_movement", "Second company to follow", on(13), TRONDHEIM.at("origin"), OSLO.at("destination"),
          status="planned"),
    event("e07", "troop_movement", "Neighbours send engineers", on(13), SWEDEN.at("contingent-origin"),
          DENMARK.at("contingent-origin"), NORWAY.at("destination"), status="reported"),
    event("e08", "troop_movement", "Story of a march on Oslo denied", on(13), BERGEN.at("origin"),
          OSLO.at("destination"), status="denied"),
    event("e09", "state_order", "Emergency powers for the whole country", on(12, 14), NORWAY.at("area")),
    event("e10", "alert_readiness", "Airfield near Voss on alert", on(13, precision=2), NEAR_VOSS.at("site")),
    event("e11", "casualties", "Dozens hurt, ministry says", on(13), attribution="the ministry",
          figures={"injured": Figure(None, 24, 99, "vague", "dozens")}),
    event("e12", "agreement_talks", "Talks expected", on(None), OSLO.at("site"), status="planned",
          claims=(Claim("Talks are near.", 0, 15, "reported", "a diplomat", SOURCE),)),
    event("e13", "looting_arson", "Warehouse set on fire", on(12), BERGEN.at("site")),
)  # fmt: skip

COLLECTION = EventCollection(EVENTS, (Document("doc", "", SOURCE.title, SOURCE.url, SOURCE.publisher, PUBLISHED),))
