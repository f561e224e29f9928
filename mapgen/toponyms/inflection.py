"""Russian, Ukrainian, Kazakh and Polish case endings, Arabic prefixes: "из Вологды", "w Krakowie" ─► the name itself.

No analysis: the endings that a form may have are replaced by those that the name may have, and the gazetteer decides.
Source: the declension tables of the school grammars (nouns and adjectives of place names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mapgen.gazetteer import fold
from mapgen.toponyms.languages import foreign, polish
from mapgen.toponyms.senses import REMEMBERED, Meanings, Senses

CYRILLIC = re.compile("[\u0400-\u052f]")
_OTHER = re.compile(
    "[\u0400-\u052f\u0590-\u1dff\u2d00-\u2dff\u3005-\ua63f\ua6a0-\ud7ff\uf900-\ufeff\U00010000-\U0003ffff]"
)
# Prefixes that are written with the word: Arabic "and", "in", "so", "like", "to"; Hebrew "and", "in", "to", "from" …
_ARABIC_WORD = re.compile("(?<![\u0620-\u06ff])([\u0648\u0628\u0641\u0643]|\u0644(?=\u0644))([\u0620-\u06ff]{3,})")
_HEBREW_WORD = re.compile(
    '(?<![\u05d0-\u05ea"״])([\u05d5\u05d1\u05dc\u05de\u05d4\u05e9\u05db]{1,2})'
    "(?=([\u05d0-\u05ea]{2,})(?:[ \u00a0]([\u05d0-\u05ea]{3,}))?)"
)
# Turkish and Azeri endings after the apostrophe that sets off a name: "İzmir'de", "Halep'ten", "Bakü'nün".
_SUFFIXED = re.compile(
    r"['’](?:[dt][ae](?:n|ki)?|n?[dt][ae]n?|y?[ae]|n?[ıiuü]n|y?[ıiuü]|y?l[ae]|l[ıiuü]|s[ıiuü])(?!\w)"
)
_LATIN_NAME = re.compile(r"(?<!\w)[^\W\d_a-z][\w-]+\Z")
WORD = re.compile(  # behind "and", "in", "so", "like" or "to"
    "(?<![\u0620-\u06ff])([\u0648\u0628\u0641\u0643]|\u0644(?=\u0644))([\u0620-\u06ff]{4,})"
)
WORD = re.compile("[\u0400-\u042f\u0460-\u052f][\u0400-\u052f’'ʼ]+(?:-[\u0400-\u052f][\u0400-\u052f’'ʼ]+)*")
# What may follow a name's first word in small letters: "Вологодской области", "Ақтөбе облысында".
NOUN = re.compile(
    "[ \u00a0](?:област|край|кра|район|республик|губерни|округ|моря|море|облыс|аудан|озер|остров)[\u0400-\u052f]*"
)
_SHORTEST = 3  # letters of a stem
# Russian and Ukrainian adjectives, in small letters too: "российские", "українського".
_ADJECTIVE = re.compile(
    "(?<![\\w-])([\u0400-\u052f’'ʼ-]{2,40}[сц]ь?к)(?:ий|ого|ому|им|ом|ая|ой|ую|ою|ое|ие|их|ими|а|ої|ій|у|е|і)(?!\\w)"
)
# French articles before a vowel: "L'Allemagne".
_ELIDED = re.compile("(?<!\\w)[LlDd]['’]([A-ZÀ-ÖØ-Þ]\\w{2,40})")
_CAPITALISED = re.compile("[A-ZŁŚŻŹĆ][a-ząćęłńóśźż]{2,40}(?:[ -][A-ZŁŚŻŹĆ][a-ząćęłńóśźż]{2,40})?")

# ending of the form ─► endings of the name, likeliest first
_SLAVIC = {
    "ами": "ы и а", "ями": "и я", "ах": "ы и а", "ях": "и я", "ам": "ы и а", "ям": "и я", "ов": "ы", "ев": "и",
    "ого": "ий ый ой ое", "его": "ий ее", "ому": "ий ый ой ое", "ему": "ий ее", "ом": "- ий ый ой ое о",
    "ем": "ь й ий е ее", "им": "ий ое", "ым": "ый ое", "ой": "а ая", "ей": "я ь ья", "ою": "а", "ею": "я", "ую": "ая",
    "юю": "яя", "ых": "ые", "их": "ие", "ии": "ия ий", "ию": "ия ий", "ией": "ия", "ия": "ий", "ием": "ий ие",
    "ью": "ь", "ьи": "ья", "ії": "ія", "ію": "ія", "ією": "ія", "єю": "я", "ої": "а", "ій": "а", "ові": "ів - ово",
    "еві": "ь", "ова": "ів ово ов", "овом": "ів ово", "єва": "їв", "єві": "їв", "євом": "їв", "єву": "їв",
    "ову": "ів ово", "зі": "га", "ці": "ка", "сі": "ха са", "ському": "ський ськ", "ського": "ський", "ську": "ськ",
    "цю": "ць", "ця": "ць", "цем": "ць", "а": "- о", "у": "- а о", "е": "- а о ь я", "і": "а - ь и я", "ы": "а",
    "и": "ь я а ы", "ю": "ь я й", "я": "ь й е",
}  # fmt: skip
_KAZAKH = (
    "дағы дегі тағы тегі ның нің дың дің тың тің дан ден тан тен нан нен ға ге қа ке на не да де та те нда нде ындағы "
    "ны ні ды ді ты ті мен бен пен лық лік дық дік тық тік ында інде ының інің ынан інен"
).split()  # fmt: skip
# Source: the declension tables of school grammars, as above.
_POLISH = {
    "owie": "ów", "owem": "ów", "owa": "ów", "owu": "ów", "odzi": "ódź", "odzią": "ódź", "awia": "aw", "awiu": "aw",
    "awiem": "aw", "czech": "cy", "szech": "chy", "rzech": "ry", "onych": "one", "nych": "ne", "ach": "y e a i",
    "ami": "y e i", "ego": "e y", "emu": "e y", "dzie": "d da", "cie": "t ta", "rze": "ra r", "dze": "ga", "iem": "-",
    "nia": "ń nie", "niu": "ń", "niem": "ń", "nią": "nia", "ej": "a", "ym": "y e", "im": "ie i", "ie": "a - o",
    "em": "- o", "ce": "ka ca", "le": "ł ła la", "ji": "ja", "ją": "ja", "ję": "ja", "ii": "ia", "ię": "ia", "ią": "ia",
    "ic": "ice", "ec": "ce", "miec": "mcy", "łoch": "łochy", "gier": "gry", "zech": "zechy", "om": "y e", "a": "- o",
    "u": "- o", "y": "a", "i": "a - e", "ą": "a", "ę": "a",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def bases(word: str) -> tuple[str, ...]:
    """The forms that the name behind ``word`` may have, ``word`` itself first; in the case of the letters given."""
    if CYRILLIC.match(word):
        return tuple(dict.fromkeys((word, *_declined(word, _SLAVIC), *_kazakh(word))))
    return tuple(dict.fromkeys((word, *_declined(word, _POLISH))))


def _declined(word: str, endings: Mapping[str, str]) -> Iterator[str]:
    for length in (6, 5, 4, 3, 2, 1):
        ending = word[-length:]
        for replacement in endings.get(ending, "").split():
            if len(word) - length >= _SHORTEST - 1:
                yield word[:-length] + replacement.strip("-")


def _kazakh(word: str) -> Iterator[str]:
    for ending in sorted(_KAZAKH, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word[: -len(ending)]
            if ending in ("ында", "інде", "ының", "інің", "ынан", "інен", "ындағы", "нда", "нде"):
                yield word[: -len(ending)] + ("ы" if ending[0] in "ын" else "і")


def readings(surface: str) -> Iterator[str]:
    """The names that ``surface``, of one to three words, may be a form of; ``surface`` itself first."""
    parts = re.split(r"([ \u00a0-]+)", surface)
    forms = [""]
    for n, part in enumerate(parts):
        options = (part,) if n % 2 else bases(part)
        forms = [form + option for form in forms for option in options][:400]
    yield from dict.fromkeys([surface, *forms])


def reading(surface: str, senses: Senses) -> tuple[str, Meanings] | None:
    """The folded name behind ``surface`` and what it means, the most prominent of its readings; None without any.

    A name that stands as it is needs less prominence than one that has lost an ending.
    """
    known = senses.inflected
    if surface not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        known[surface] = _likeliest(surface, senses)
    return known[surface]


def _likeliest(surface: str, senses: Senses) -> tuple[str, Meanings] | None:
    best: tuple[float, str, Meanings] | None = None
    for form in readings(surface):
        key = fold(form)
        meanings = senses(key)
        if meanings:
            rank = meanings[0].size + _RANK.get(meanings[0].kind, 0.0) + (_AS_IT_IS if form == surface else 0.0)
            if best is None or rank > best[0]:
                best = rank, key, meanings
    return best[1:] if best else None


_RANK = {"country": 4.0, "admin1": 2.0, "demonym": 2.0}
_AS_IT_IS = 1.5
_LARGE = 4.9  # log10 of the people of a town that is meant even where few letters are left of a word
_LONGEST = 40  # letters of a name


def inflects(text: str) -> bool:
    """Whether ``text`` has letters of an alphabet whose case endings are known, or of one without capitals."""
    if _SUFFIXED.search(text) is not None:
        return True
    if text.isascii():
        return False
    return _OTHER.search(text) is not None or foreign(text)


def suffixed(text: str, end: int) -> bool:
    """Whether an ending set off by an apostrophe follows at ``end``, as in Turkish: "İzmir'de"."""
    return text[end : end + 1] in ("'", "’") and _SUFFIXED.match(text, end) is not None


def forms(text: str, senses: Senses) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded name) of the names in ``text`` that stand in another case or with a prefix or suffix."""
    yield from _prefixed(text, senses)
    for match in _SUFFIXED.finditer(text):
        name = _LATIN_NAME.search(text, max(0, match.start() - _LONGEST), match.start())
        if name and senses(key := fold(name.group())) and not senses(fold(text[name.start() : match.end()])):
            yield name.start(), name.end(), key
    if CYRILLIC.search(text):
        yield from _cyrillic(text, senses)
        yield from _adjectives(text, senses)
    elif polish(text):
        yield from _polish_cases(text, senses)
    elif foreign(text):
        for match in _ELIDED.finditer(text):
            if senses(key := fold(match.group(1))):
                yield match.start(1), match.end(1), key


def _prefixed(text: str, senses: Senses) -> Iterator[tuple[int, int, str]]:
    """Arabic and Hebrew names behind what is written with them; a short rest must be a well-known name."""
    for match in _ARABIC_WORD.finditer(text):
        key = fold(match.group(2))
        if _known(key, len(match.group(2)) > 3, senses):
            yield match.start(2), match.end(2), key
    for match in _HEBREW_WORD.finditer(text):
        if senses(fold(match.group(1) + match.group(2))):
            continue
        for end in (match.end(3), match.end(2)):
            key = fold(text[match.start(2) : end]) if end > 0 else ""
            if key and _known(key, end - match.start(2) > 4, senses):
                yield match.start(2), end, key
                break


def _known(key: str, long: bool, senses: Senses) -> bool:
    meanings = senses(key)
    return bool(meanings) and (long or meanings[0].kind in _RANK or meanings[0].size >= _LARGE)


def _adjectives(text: str, senses: Senses) -> Iterator[tuple[int, int, str]]:
    """Adjectives of countries and the like, which small letters begin: by their form in the tables of demonyms."""
    for match in _ADJECTIVE.finditer(text):
        key = fold(match.group(1) + "ий")
        meanings = senses(key)
        if meanings and meanings[0].kind == "demonym":
            yield match.start(), match.end(), key


def _polish_cases(text: str, senses: Senses) -> Iterator[tuple[int, int, str]]:
    """Polish names of one or two words that have lost an ending, where the gazetteer knows a town or area of that."""
    for match in _CAPITALISED.finditer(text):
        first = re.match(r"[^ -]+", match.group())
        for surface in dict.fromkeys((match.group(), first.group() if first else "")):
            found = reading(surface, senses)
            if found and found[0] != fold(surface) and (found[1][0].kind in _RANK or found[1][0].size >= _NOT_SMALL):
                yield match.start(), match.start() + len(surface), found[0]
                break


_NOT_SMALL = 4.3  # log10 of the people of a town that a declined Polish word may mean


def _cyrillic(text: str, senses: Senses) -> Iterator[tuple[int, int, str]]:
    words = [match.span() for match in WORD.finditer(text)]
    for n, (start, end) in enumerate(words):
        ends = [end]
        noun = NOUN.match(text, end)
        if noun:
            ends.append(noun.end())
        if n + 1 < len(words) and text[end : words[n + 1][0]] in (" ", "\u00a0"):
            ends.append(words[n + 1][1])
        for stop in sorted(ends, reverse=True):
            surface = text[start:stop]
            found = reading(surface, senses)
            if found and found[0] != fold(surface):
                yield start, stop, found[0]
