"""How names and text are made comparable: one fold for the index and for what is looked up in it.

A folded name is its words joined by single spaces: no case, no diacritics of alphabetic scripts, no apostrophes,
hyphens, full stops or commas; "St", "Ft" and "Mt" before another word are spelled out.  Because text is folded word by
word, a match keeps the offsets of the words as they stand.
"""

from __future__ import annotations

import re
import unicodedata

# Combining marks that belong to the word before them: Python's \w leaves them out, so their blocks are named.
# Indic, Thai, Lao, Tibetan, Myanmar and Khmer blocks are taken whole.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u0900-\u0963\u0966-\u0dff\u0e01-\u0e4e\u0e81-\u0ece\u0f00-\u0fbc\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
)
_WORD = rf"[\w{_MARKS}]"
_APOSTROPHES = "'’‘ʼʻʽʿʾ`´ʹ′"
_INITIALS = rf"(?:\.[^\W\d_](?!{_WORD}))+\.?"  # after a letter: "U.S.", "D.C."
_INNER = rf"(?:[{_APOSTROPHES}]{_WORD}+)*"  # after letters: "Sana'a"
TOKEN_PATTERN = rf"(?:[^\W\d_]{_INITIALS}|{_WORD}+{_INNER})"
TOKEN_TAIL = rf"(?:{_INITIALS}|{_WORD}*{_INNER})"  # what follows the first letter of a token
TOKEN = re.compile(TOKEN_PATTERN)
# The next word of one name, and what may stand before it: "New York", "Port-au-Prince", "St. Louis", a wrapped line.
NEXT = re.compile(rf"(?:\.?[ \t\u00a0\u202f]{{1,2}}|[-‐‑]|[ \t]?\r?\n[ \t]*)({TOKEN_PATTERN})")

_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES + ".\u0640"))
_SPELLED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t",
     "ک": "ك", "ی": "ي", "ى": "ي", "ە": "ه", "ʺ": None, "ˮ": None, "ь": None, "ъ": None}
)  # fmt: skip
_FOLDED_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06e8]+"
)
_EXPANDED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
EXPANDED = frozenset(_EXPANDED)  # words that are spelled out before another word


def fold_word(word: str) -> str:
    """One word, folded: "Донецьк" and "Донецк" stay apart only where their letters differ, "Sana'a" is "sanaa"."""
    word = word.translate(_DROPPED)
    if word.isascii():
        return word.lower()
    bare = _FOLDED_MARK.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFC", bare.translate(_SPELLED)).casefold()


def join(words: list[str]) -> str:
    """The folded name of folded ``words``, with "st", "ft" and "mt" spelled out before another word."""
    last = len(words) - 1
    return " ".join(_EXPANDED.get(word, word) if i < last else word for i, word in enumerate(words))


def expanded(word: str) -> str:
    """A folded word as it stands before another word of the same name."""
    return _EXPANDED.get(word, word)


def fold(name: str) -> str:
    """``name`` as the index keeps it; empty where it has no letter or digit."""
    return join([folded for word in TOKEN.findall(name) if (folded := fold_word(word))])
