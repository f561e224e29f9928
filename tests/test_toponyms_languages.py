"""Names in other scripts and in other cases than a gazetteer has them."""

import pytest

from mapgen.gazetteer import PACKAGED, Gazetteer
from mapgen.model import Document
from mapgen.toponyms import find_places
from mapgen.toponyms.inflection import bases

pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the gazetteer is not built: make gazetteer")


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вчера в Вологде и Самаре прошли митинги.", [("Вологде", "RU"), ("Самаре", "RU")]),
        ("Колонна вышла из Тулы и прибыла в Казань.", [("Тулы", "RU"), ("Казань", "RU")]),
        ("Пожар в Нижнем Новгороде потушен.", [("Нижнем Новгороде", "RU")]),
        ("У Полтаві та Чернігові лунали сирени.", [("Полтаві", "UA"), ("Чернігові", "UA")]),
        ("Автобус їхав зі Львова до Одеси.", [("Львова", "UA"), ("Одеси", "UA")]),
        ("Ақтөбеде су тасқыны болды, Қарағандыдан көмек келді.", [("Ақтөбеде", "KZ"), ("Қарағандыдан", "KZ")]),
        ("法国首都巴黎和里昂发生抗议活动。", [("法国", "FR"), ("巴黎", "FR"), ("里昂", "FR")]),
        ("اندلعت احتجاجات في بيروت ودمشق.", [("بيروت", "LB"), ("دمشق", "SY")]),
        ("Unruhen in München und Köln; auch in Österreich.", [("München", "DE"), ("Köln", "DE"), ("Österreich", "AT")]),
        ("Des manifestants à Marseille et à Grenoble.", [("Marseille", "FR"), ("Grenoble", "FR")]),
    ],
)
def test_names_are_found_in_texts_of_their_language(text, expected, gazetteer):
    found = find_places(Document("t", text), gazetteer)
    assert [(p.mention, p.country) for p in found] == expected
    assert all(text[p.start : p.end] == p.mention for p in found)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Вологды", "Вологда"),
        ("Рязанью", "Рязань"),
        ("Волжском", "Волжский"),
        ("Сирией", "Сирия"),
        ("Чернігова", "Чернігів"),
        ("Польщі", "Польща"),
        ("Семейге", "Семей"),
        ("Таразда", "Тараз"),
    ],
)
def test_case_endings_lead_back_to_the_name(form, name):
    assert name in bases(form)


def test_a_name_that_only_looks_inflected_is_kept(gazetteer):
    (found,) = find_places(Document("t", "Туристы гуляли в Сочи до утра."), gazetteer)
    assert (found.mention, found.country) == ("Сочи", "RU")
