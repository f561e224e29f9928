"""Reading articles and tables: what is kept, what is refused, in which words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from mapgen.errors import FetchError, InputError
from mapgen.model import Document, EventCollection, Place
from mapgen.readers import Reading, read

PAGE = """<!doctype html><html lang="en"><head><title>Unrest in Talas | The Paper</title>
<meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2022-01-06T08:00:00Z">
<link rel="canonical" href="https://example.org/talas"></head>
<body><nav><a href="/">Home</a><a href="/x">Subscribe now</a></nav><article><h1>Unrest in Talas</h1>
<p>Crowds stormed the town hall in Talas on Wednesday, and police answered with tear gas, residents of the town said.</p>
<p>The mayor left the building through a back door before the crowd came in, a spokesman told reporters in the evening.</p>
</article><footer>All rights reserved</footer></body></html>"""


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def article(path: Path, published: dt.date | None = None) -> Document:
    document = read(path, published=published)
    assert isinstance(document, Document)
    return document


def table(path: Path, geocode: object = None) -> EventCollection:
    collection = read(path, reading=Reading(geocode))  # type: ignore[arg-type]
    assert isinstance(collection, EventCollection)
    return collection


def test_a_text_is_kept_as_it_is_line_ends_included(tmp_path: Path) -> None:
    text = "Two days of unrest\r\n\r\nCrowds came.\r\nThey left.\n"
    document = article(write(tmp_path, "a.txt", text), dt.date(2022, 1, 6))
    assert document.text == text
    assert (document.title, document.published) == ("Two days of unrest", dt.date(2022, 1, 6))


def test_html_gives_the_article_with_what_it_says_of_itself(tmp_path: Path) -> None:
    document = article(write(tmp_path, "a.html", PAGE))
    assert "stormed the town hall in Talas" in document.text
    assert "Subscribe" not in document.text
    assert "Unrest in Talas" in (document.title or "")
    assert (document.publisher, document.published) == ("The Paper", dt.date(2022, 1, 6))


def test_a_date_that_the_page_says_wins_over_the_option(tmp_path: Path) -> None:
    assert article(write(tmp_path, "a.html", PAGE), dt.date(1999, 1, 1)).published == dt.date(2022, 1, 6)


def test_json_articles_carry_their_fields(tmp_path: Path) -> None:
    told = {"doc_id": "x1", "text": "Crowds came.", "title": "T", "published": "2022-01-06", "publisher": "P"}
    document = article(write(tmp_path, "a.json", json.dumps(told)))
    assert (document.doc_id, document.title, document.published) == ("x1", "T", dt.date(2022, 1, 6))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_texts_in_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = "В Алматы в среду вечером продолжались столкновения протестующих с полицией, сообщили очевидцы. " * 4
    assert article(write(tmp_path, "a.txt", text.encode(encoding))).text == text


def test_the_same_text_has_the_same_id_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    ids = {article(write(folder, "a.txt", "Crowds came.")).doc_id for folder in (tmp_path, tmp_path / "b")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x00\x01\x02" * 50, "zero bytes"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.csv", b"PK\x03\x04....", "ZIP"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b'{"title": "x"}', '"text"'),
        ("a.csv", b"a,b\n1,2\n", "no column for a place"),
        ("a.csv", b"lat,lon,lat\n1,2,3\n", "more than one column named lat"),
        ("a.csv", b'lat,lon,notes\n1,2,"open\n', "quotation mark"),
        ("a.geojson", b"[]", "FeatureCollection"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no features"),
        ("a.kml", b"<!DOCTYPE x [<!ENTITY e 'x'>]><kml>&e;</kml>", "refused"),
        ("a.gpx", b"<gpx", "well-formed"),
    ],
)
def test_a_broken_input_is_named_with_what_is_wrong(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, name, content))
    assert said in str(caught.value)
    assert name in str(caught.value)


ROWS = "date;Ort;Land;Breitengrad;Längengrad;Typ;Beschreibung\n"


def test_a_german_spreadsheet_with_decimal_commas_is_understood(tmp_path: Path) -> None:
    event = table(write(tmp_path, "a.csv", ROWS + "05.01.2022;Talas;KG;42,52;72,24;Protest;Ruhig.\n")).events[0]
    assert (event.event_type, event.when.start) == ("protest", dt.date(2022, 1, 5))
    assert (event.places[0].name, event.places[0].lat, event.places[0].lon) == ("Talas", 42.52, 72.24)
    assert event.quote == "Ruhig."


def test_unknown_columns_are_kept(tmp_path: Path) -> None:
    event = table(write(tmp_path, "a.csv", "lat,lon,my_code\n1,2,X7\n")).events[0]
    assert event.extra == {"my_code": "X7"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("2022-01-05,X,0,0", "0, 0"),
        ("2022-01-05,X,91,0", "outside"),
        ("2022-01-05,X,4800000,700000", "projected"),
        ("2022-01-05,X,,5", "not both"),
        ("2022-01-05,,,", "neither"),
        ("2022-13-45,X,1,2", "no date"),
        ("2022-01-05,X,abc,2", "no coordinate"),
    ],
)
def test_a_row_that_cannot_be_placed_or_dated_is_listed_with_its_number(
    tmp_path: Path, cells: str, reason: str
) -> None:
    found = table(write(tmp_path, "a.csv", f"date,place,lat,lon\n2022-01-05,Good,1,2\n{cells}\n"))
    assert len(found.events) == 1
    assert found.skipped[0].where.endswith("row 3")
    assert reason in found.skipped[0].reason


def test_a_table_without_one_good_row_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of its 1 rows"):
        read(write(tmp_path, "a.csv", "lat,lon\n99,0\n"))


@pytest.mark.parametrize(
    ("column", "days"),
    [
        (["13/04/2022", "03/04/2022"], [(4, 13), (4, 3)]),
        (["04/13/2022", "03/04/2022"], [(4, 13), (3, 4)]),
        (["2022-04-03", "20220404"], [(4, 3), (4, 4)]),
        (["3 April 2022", "April 4, 2022"], [(4, 3), (4, 4)]),
    ],
)
def test_the_order_of_day_and_month_is_settled_for_the_column(
    tmp_path: Path, column: list[str], days: list[tuple[int, int]]
) -> None:
    body = "".join(f'"{day}",1,2\n' for day in column)
    found = table(write(tmp_path, "a.csv", f"date,lat,lon\n{body}"))
    assert [(e.when.start.month, e.when.start.day) for e in found.events if e.when.start] == days


def test_rows_with_a_place_name_only_are_geocoded(tmp_path: Path) -> None:
    def geocode(name: str, country: str | None) -> Place | None:
        return Place(name, 42.5, 72.2, country=country) if name == "Talas" else None

    found = table(write(tmp_path, "a.csv", "place,country\nTalas,KG\nNowhere,KG\n"), geocode)
    assert [[place.name for place in event.places] for event in found.events] == [["Talas"], []]
    assert "Nowhere" in found.skipped[0].reason  # kept without a pin, and said


def test_foreign_geojson_becomes_events(tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"name": "Talas", "date": "2022-01-05", "type": "Riots"},
               "geometry": {"type": "Point", "coordinates": [72.24, 42.52]}}  # fmt: skip
    told = {"type": "FeatureCollection", "features": [feature, {**feature, "geometry": {"type": "Point"}}]}
    found = table(write(tmp_path, "a.geojson", json.dumps(told)))
    assert (found.events[0].event_type, found.events[0].places[0].lat) == ("riot", 42.52)
    assert found.skipped[0].where.endswith("feature 2")


def test_kml_placemarks_become_events(tmp_path: Path) -> None:
    kml = ('<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Talas</name><Point>'
           "<coordinates>72.24,42.52,0</coordinates></Point></Placemark></kml>")  # fmt: skip
    event = table(write(tmp_path, "a.kml", kml)).events[0]
    assert (event.places[0].lat, event.places[0].lon) == (42.52, 72.24)


def test_acled_rows_are_mapped_to_our_types(tmp_path: Path) -> None:
    head = ("event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,"
            "geo_precision,source,notes,fatalities\n")  # fmt: skip
    row = "KGZ1,2022-01-05,Battles,Armed clash,A,B,Kyrgyzstan,Talas,Talas,42.52,72.24,2,A paper,They fought.,3\n"
    event = table(write(tmp_path, "a.csv", head + row)).events[0]
    assert (event.event_id, event.event_type, event.actors) == ("KGZ1", "armed_clash", ("A", "B"))
    assert (event.figures["killed"].value, event.places[0].geo_precision) == (3, 2)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://0x7f000001/", "http://169.254.169.254/latest",
     "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://user:pw@example.org/", "http://10.0.0.1/"],
)  # fmt: skip
def test_private_addresses_are_never_fetched(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        read(url)
    assert "private" in str(caught.value) or "password" in str(caught.value)


def _pdf(text: str) -> bytes:
    """A PDF of one page with one line, by hand (ISO 32000-1, 7.5)."""
    content = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (A report) /Author (A. Writer) >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(parts) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.mark.parametrize("name", ["a.pdf", "without-ending"])
def test_a_pdf_is_read_with_what_it_says_of_itself(tmp_path: Path, name: str) -> None:
    document = article(write(tmp_path, name, _pdf("Crowds stormed the hall in Talas.")))
    assert "stormed the hall in Talas" in document.text
    assert (document.title, document.author) == ("A report", "A. Writer")


def test_a_word_document_is_read_with_its_tables_in_their_place(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    made.add_paragraph("Crowds stormed the hall in Talas.")
    made.add_table(1, 2).rows[0].cells[1].text = "Osh"
    made.add_paragraph("They left.")
    made.core_properties.title = "A report"
    made.save(str(tmp_path / "a.docx"))
    document = article(tmp_path / "a.docx")
    assert document.text == "Crowds stormed the hall in Talas.\n\tOsh\nThey left."
    assert document.title == "A report"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4 nothing more", "cannot be read as a PDF"),
        ("a.pdf", _pdf(""), "likely scanned"),
        ("a.docx", b"PK\x03\x04", "not the kind of file"),
        ("a.docx", b"plain text", "not the kind of file"),
    ],
)
def test_a_broken_paper_is_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(write(tmp_path, name, content))
