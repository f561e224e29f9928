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
        (
            "Протесты начались в Алматы и Жанаозене, колонна вышла из Оренбурга.",
            [("Алматы", "KZ"), ("Жанаозене", "KZ"), ("Оренбурга", "RU")],
        ),
        (
            "В Оренбургской области и под Белгородом объявлена тревога.",
            [("Оренбургской области", "RU"), ("Белгородом", "RU")],
        ),
        (
            "Жители Шымкента и Тараза вышли на улицы; в Караганде спокойно.",
            [("Шымкента", "KZ"), ("Тараза", "KZ"), ("Караганде", "KZ")],
        ),
        ("Самолёт вылетел из Москвы в Стамбул через Баку.", [("Москвы", "RU"), ("Стамбул", "TR"), ("Баку", "AZ")]),
        ("Сили оборони відійшли з Авдіївки на Донеччині.", [("Авдіївки", "UA"), ("Донеччині", "UA")]),
        ("У Сумській області евакуюють мешканців Білопілля.", [("Сумській області", "UA"), ("Білопілля", "UA")]),
        (
            "Қазақстанда наразылық басталды: Алматыда, Ақтауда және Шымкентте жиын өтті.",
            [("Қазақстанда", "KZ"), ("Алматыда", "KZ"), ("Ақтауда", "KZ"), ("Шымкентте", "KZ")],
        ),
        ("Ресейден келген әскер Алматыға кірді.", [("Ресейден", "RU"), ("Алматыға", "KZ")]),
        ("قصفت الطائرات مدينة الخرطوم والفاشر ونيالا.", [("الخرطوم", "SD"), ("الفاشر", "SD"), ("نيالا", "SD")]),
        ("وصل الوفد إلى القاهرة ثم توجه إلى غزة ورفح.", [("القاهرة", "EG"), ("غزة", "PS"), ("رفح", "PS")]),
        ("انفجار در تهران و اصفهان رخ داد.", [("تهران", "IR"), ("اصفهان", "IR")]),
        ("אזעקות נשמעו באשקלון ובשדרות ליד רצועת עזה.", [("אשקלון", "IL"), ("שדרות", "IL"), ("רצועת עזה", "PS")]),
        ("המשטרה עצרה חשודים בתל אביב ובחיפה.", [("תל אביב", "IL"), ("חיפה", "IL")]),
        ("俄军袭击了乌克兰哈尔科夫和敖德萨。", [("乌克兰", "UA"), ("哈尔科夫", "UA"), ("敖德萨", "UA")]),
        ("ロシア軍はウクライナのバフムトを攻撃した。", [("ロシア", "RU"), ("ウクライナ", "UA"), ("バフムト", "UA")]),
        ("東京と沖縄でデモがあった。石川県でも。", [("東京", "JP"), ("沖縄", "JP"), ("石川県", "JP")]),
        (
            "북한이 평양에서 미사일을 발사했다. 서울과 부산은 조용하다.",
            [("북한", "KP"), ("평양", "KP"), ("서울", "KR"), ("부산", "KR")],
        ),
        ("Διαδηλώσεις στην Αθήνα και στη Θεσσαλονίκη.", [("Αθήνα", "GR"), ("Θεσσαλονίκη", "GR")]),
        ("मणिपुर की राजधानी इंफाल में कर्फ्यू लगा।", [("मणिपुर", "IN"), ("इंफाल", "IN")]),
        ("เหตุระเบิดในจังหวัดยะลาและปัตตานี", [("จังหวัดยะลา", "TH"), ("ปัตตานี", "TH")]),
        ("Proteste in Mailand, Neapel und auf Sizilien.", [("Mailand", "IT"), ("Neapel", "IT"), ("Sizilien", "IT")]),
        ("Des combats à Marioupol et en Crimée.", [("Marioupol", "UA"), ("Crimée", "UA")]),
        ("Enfrentamientos en Cataluña y en Sevilla.", [("Cataluña", "ES"), ("Sevilla", "ES")]),
        (
            "Halep'te çatışmalar, Şam'da patlama, Bakü'den heyet geldi.",
            [("Halep", "SY"), ("Şam", "SY"), ("Bakü", "AZ")],
        ),
        ("Ankara ve İzmir'de protestolar düzenlendi.", [("Ankara", "TR"), ("İzmir", "TR")]),
        ("Moskwa i Kijów rozmawiają.", [("Moskwa", "RU"), ("Kijów", "UA")]),
        (
            "Minister, który wrócił z Berlina, nie poleciał do Warszawy. W Gdańsku, Krakowie i Łodzi trwał protest.",
            [("Berlina", "DE"), ("Warszawy", "PL"), ("Gdańsku", "PL"), ("Krakowie", "PL"), ("Łodzi", "PL")],
        ),
        (
            "Pociąg z Wrocławia do Poznania nie odjechał. Na Ukrainę i do Niemiec nie jest daleko, dodał, że czeka.",
            [("Wrocławia", "PL"), ("Poznania", "PL"), ("Ukrainę", "UA"), ("Niemiec", "DE")],
        ),
        (
            "Российские войска вошли в город, украинского журналиста ранили, сообщил американский посол в Риге.",
            [("Российские", "RU"), ("украинского", "UA"), ("американский", "US"), ("Риге", "LV")],
        ),
        (
            "Американська делегація та польський прем'єр прибули до Львова.",
            [("Американська", "US"), ("польський", "PL"), ("Львова", "UA")],
        ),
        (
            "Les ministres sont partis de Varsovie. L'Allemagne et les États-Unis ont condamné les attaques.",
            [("Varsovie", "PL"), ("Allemagne", "DE"), ("États-Unis", "US")],
        ),
        (
            "El presidente de Alemania viajó a Londres y a Nueva York. Los vecinos de la capital no lo vieron.",
            [("Alemania", "DE"), ("Londres", "GB"), ("Nueva York", "US")],
        ),
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


def test_a_first_word_is_not_taken_for_an_inflected_town(gazetteer):
    found = find_places(Document("t", "Колонна вышла из Тулы."), gazetteer)
    assert [p.mention for p in found] == ["Тулы"]


def test_an_apostrophe_inside_a_name_is_no_turkish_ending(gazetteer):
    found = find_places(Document("t", "Fighting was reported near Sana'a on Monday."), gazetteer)
    assert [(p.mention, p.country) for p in found] == [("Sana'a", "YE")]


@pytest.mark.parametrize(
    ("name", "country"),
    [("Port-au-Prince", "HT"), ("Deir al-Balah", "PS"), ("Punggye-ri", "KP"), ("Red Sea", None)],
)
def test_names_with_small_words_and_hyphens(name, country, gazetteer):
    found = find_places(Document("t", f"Two people were killed in {name} on Monday, police said."), gazetteer)
    assert [p.country for p in found][:1] == [country]
