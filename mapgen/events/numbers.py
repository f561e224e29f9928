"""Numbers as news texts write them: "1,200", "1.5 million", "twenty-one", "two hundred and six"."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_WORDS = "|".join(sorted((*_UNITS[1:], *_TENS), key=len, reverse=True))

# No number word takes more than 8 words: "two hundred and thirty-five thousand six hundred and one" is left to digits.
WORDED = (
    rf"(?:(?:{_WORDS})(?:(?:[-\s]|\s+and\s+)(?:{_WORDS})\b)?(?:\s+(?:hundred|thousand|million|billion))?"
    rf"(?:\s+(?:and\s+)?(?:{_WORDS})(?:[-\s](?:{_WORDS}))?\b(?:\s+(?:thousand|million))?)?)\b"
)
DIGITS = (
    r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d{1,9}(?:\.\d{1,3})?)(?![\d])(?:\s+(?:hundred|thousand|million|billion)\b)?"
)
NUMBER = rf"(?:{DIGITS}|{WORDED})"

_DIGITS = re.compile(r"(\d[\d,\u00a0\u202f]*(?:\.\d+)?)\s*(\w+)?\Z")
_WORD = re.compile(r"[a-z]+")


def read_number(text: str) -> int | None:
    """The value of a cardinal number in digits or English words; None where it is neither or no whole number."""
    text = text.strip().lower()
    found = _DIGITS.match(text)
    if found:
        value = float(re.sub(r"[,\u00a0\u202f]", "", found.group(1))) * _SCALES.get(found.group(2) or "", 1)
        return round(value) if abs(value - round(value)) < 1e-6 else None
    total = part = 0
    for word in _WORD.findall(text):
        if word in _VALUES:
            part += _VALUES[word]
        elif word in ("a", "an"):
            part += 1
        elif word == "hundred":
            part = max(1, part) * 100
        elif word in _SCALES:
            total, part = total + max(1, part) * _SCALES[word], 0
        elif word != "and":
            return None
    return total + part or None


def read_ordinal(text: str) -> int | None:
    """The value of an ordinal: "third", "21st"; None where it is none that news texts use."""
    text = text.strip().lower()
    if text in _ORDINALS:
        return _ORDINALS.index(text)
    digits = re.match(r"(\d{1,3})(?:st|nd|rd|th)\Z", text)
    return int(digits.group(1)) if digits else None


ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS[1:], key=len, reverse=True))}|\d{{1,3}}(?:st|nd|rd|th))"
