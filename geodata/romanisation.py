"""How the press spells names that GeoNames romanises by another system: "Al Qāmishlī" ─► "Qamishli".

GeoNames follows BGN/PCGN; papers follow older or simpler habits.  Each rule is one of the differences between the two
(Wikipedia: Romanization of Arabic, of Kazakh, of Persian; BGN/PCGN systems); what a rule makes is one more name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapgen.gazetteer.folding import fold

ARABIC = frozenset("AE BH DJ EG EH IQ JO KW LB LY MR OM PS QA SA SD SO SY TD YE".split())
KAZAKH = frozenset(("KZ",))
_ARTICLE = re.compile(r"\A(?:al|an|ar|as|ash|at|ad|adh|az|el|ed|er|es|et) (?=\w{3})")
_INNER_ARTICLE = re.compile(r" (?:al|an|ar|as|ash|at|ad|adh|az) (?=\w)")
# folded words as GeoNames has them ─► as the press has them
_WORDS = {
    "dayr": ("deir",), "bayt": ("beit",), "tall": ("tel", "tal"), "ayn": ("ain", "ein"), "shaykh": ("sheikh",),
    "jabal": ("jebel",), "umm": ("um",), "kafr": ("kfar",), "khirbat": ("khirbet",),
    "madinat": ("medinat",), "abu": ("abou",), "bir": ("beer",), "wadi": ("ouadi",), "hawr": ("hor",),
    "burj": ("bourj",), "bani": ("beni",),
    "yunus": ("younis", "yunis"), "sulayman": ("suleiman",), "husayn": ("hussein",),
}  # fmt: skip
# endings and letters, each applied to the whole folded name
_RULES = (
    (re.compile(r"iyah\b"), "iya"), (re.compile(r"iyah\b"), "iyya"), (re.compile(r"iyah\b"), "iyeh"),
    (re.compile(r"ah\b"), "a"), (re.compile(r"ah\b"), "eh"), (re.compile(r"ay(?=[^aeiou ])"), "ei"),
    (re.compile(r"ay(?=[^aeiou ])"), "ai"), (re.compile(r"aw(?=[^aeiou ])"), "au"),
    (re.compile(r"u(?=[^aeiou ])"), "ou"), (re.compile(r"\bhu"), "ho"),
    (re.compile(r"q"), "k"), (re.compile(r"dh"), "d"),
)  # fmt: skip
_SECOND = _RULES[5:10]  # those that another may follow
_MOST = 40  # forms of one name


def variants(name: str, country: str) -> Iterator[str]:
    """Other spellings of a romanised name, folded; none where no rule applies."""
    key = fold(name)
    if not key.isascii():
        return
    forms: dict[str, None] = {}
    if country in ARABIC:
        forms = dict.fromkeys(_arabic(key))
    elif country in KAZAKH:
        forms = dict.fromkeys([key.replace("q", "k").replace("gh", "g"), key.replace("q", "k")])
    yield from (form for form in list(forms)[:_MOST] if form != key and len(form) > 3)


def _arabic(key: str) -> Iterator[str]:
    bare = _ARTICLE.sub("", key)
    for base in dict.fromkeys((key, bare)):
        worded = [base, *_by_word(base)]
        inner = [_INNER_ARTICLE.sub(" al ", form) for form in worded if _INNER_ARTICLE.search(form)]
        for form in dict.fromkeys([*worded, *inner]):
            yield form
            for pattern, letters in _RULES:
                changed = pattern.sub(letters, form)
                if changed != form:
                    yield changed
                    if letters in ("iya", "a", "ei"):
                        yield from (p.sub(n, changed) for p, n in _SECOND)


def _by_word(key: str) -> Iterator[str]:
    words = key.split(" ")
    for n, word in enumerate(words):
        for other in _WORDS.get(word, ()):
            if other != word:
                yield " ".join([*words[:n], other, *words[n + 1 :]])
