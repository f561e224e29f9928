"""Where known names stand in a text: every name that starts at a word, longest first.

Only words that could start a name are looked at (capitalised ones, or all those of scripts without case), each word is
folded once, and a word after which no known name goes on ends the search; the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from mapgen.gazetteer.folding import EXPANDED, NEXT, TOKEN, TOKEN_TAIL, expanded, fold_word

LONGEST = 8  # words in a name
LONGEST_WORD = 60  # characters
LONGEST_RUN = 24  # characters in a name of a script without spaces
MOST_KEPT = 200_000  # words, and pairs of words, whose answers are kept

# First letters that may start a name: everything but the small letters of alphabets with case.  Blocks in which capital
# and small letters alternate are taken whole, and looked at again in find.
_CAPITAL = (
    "[A-ZÀ-ÖØ-Þ\u0100-\u0250\u0386-\u03ab"
    "\u0400-\u042f\u0460-\u0556\u05d0-\u1fff"
    "\u2c00-\u2dff\u3005-\ua63f\ua660-\ufaff\ufb1d-\uffdc\U00010400-\U000323af]"
)
# The whole word from such a letter on, where no letter stands before it.
_CAPITALISED = re.compile(rf"{_CAPITAL}(?<!\w.){TOKEN_TAIL}", re.DOTALL)
_ANY = re.compile(rf"[^\W\d_](?<!\w.){TOKEN_TAIL}", re.DOTALL)
# Scripts written without spaces: a name may start and end at any character.
_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
)
# A run of words of letters, which are folded by making them small.
_PLAIN = re.compile(rf"[A-Z][A-Za-z]{{0,{LONGEST_WORD - 1}}}(?:[ \-\n][A-Z][A-Za-z]{{0,{LONGEST_WORD - 1}}})*\Z")
_FIRST_UNSPACED = "\u0e01"
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HYPHENS = "-‐‑"
_POSSESSIVE = frozenset(("'s", "’s", "'S", "’S"))
# Words in small letters with which a name goes on: joining words of many languages, and what kind of place it is.
_GOES_ON = frozenset(
    """of the and on upon in by under le la les au el los
    las de del della delle di da das do dos du des der den dem am an
    im bei ob vor und auf sur sous en et lès aux al ar ash az ed er es esh ez at as ad y e i na nad pod u w z van aan
    den het op ten ter zu zum
    bin ibn county parish province region district oblast krai raion prefecture governorate state territory city town
    island islands peninsula river lake sea gulf bay strait channel canal valley desert mountains hills forest basin
    plateau falls park airport world countries refugee camp border crossing dam nuclear prison airbase bridge corridor
    fe на над по де під область области областях край района район республика
    облысы ауданы қаласы""".split()
)
_ARTICLE = re.compile(r"(?<!\w)(?:a[dhlnrstz]|ash|adh|ath|e[dhlnrsz]|esh)[-‐]\Z")


class Match(NamedTuple):
    """``text[start:end]`` is the known name ``key`` (folded; ``Gazetteer.candidates`` takes it as it is)."""

    start: int
    end: int
    key: str


class Names(Protocol):
    """A set of folded names that can be asked for prefixes."""

    def prefixes(self, text: str) -> list[str]:
        """The names that ``text`` begins with, shortest first."""

    def has(self, name: str) -> bool:
        """Whether ``name`` is one of them."""

    def has_from(self, prefix: str) -> bool:
        """Whether any of them begins with ``prefix``."""

    def keys_from(self, prefix: str) -> Iterator[str]:
        """The names that begin with ``prefix``."""


class Together:
    """Several sets of names as one."""

    def __init__(self, sets: Sequence[Names]) -> None:
        self._sets = sets

    def prefixes(self, text: str) -> list[str]:
        """The names that ``text`` begins with, shortest first."""
        return sorted({key for names in self._sets for key in names.prefixes(text)}, key=len)

    def has(self, name: str) -> bool:
        """Whether ``name`` is one of them."""
        return any(names.has(name) for names in self._sets)

    def has_from(self, prefix: str) -> bool:
        """Whether any of them begins with ``prefix``."""
        return any(names.has_from(prefix) for names in self._sets)

    def keys_from(self, prefix: str) -> Iterator[str]:
        """The names that begin with ``prefix``."""
        return (key for names in self._sets for key in names.keys_from(prefix))


class Word(NamedTuple):
    """What is known of a first word: its folded form, the names that it is alone, whether longer names start with it.

    ``alone`` holds (folded name, its length in the text): with and without a possessive ending.
    """

    folded: str
    alone: tuple[tuple[str, int], ...]
    goes_on: bool


_NO_NAME = Word("", (), False)


class Scanner:
    """Finds the names of a set in texts; keeps what it learnt about words, within bounds."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._words: dict[str, Word] = {}
        self._pairs: dict[str, bool] = {}

    def find(self, text: str, capitalised_only: bool = True) -> Iterator[Match]:
        """Every known name in ``text`` that starts and ends with a word; by start, longest first."""
        words = self._words
        for found in (_CAPITALISED if capitalised_only else _ANY).finditer(text):
            token = found.group()
            word = words.get(token) or self._learn(token)
            start, end = found.span()
            if start and text[start - 1] in "-‐'’":
                yield from self._after_mark(text, start, end, word)
            elif word.alone or word.goes_on:
                if not (capitalised_only and token[0].islower()):
                    yield from self._at(text, start, end, word)
            elif token[0] >= _FIRST_UNSPACED and _UNSPACED.match(token):
                yield from self._in_run(text, start, end)

    def read(self, run: str) -> tuple[list[Match], list[tuple[int, str]]]:
        """The known names in a run of capitalised words, as :meth:`find` gives them, and its :meth:`openings`."""
        spaced = run.replace("-", " ").replace("\n", " ")
        folded, size, tokens = spaced.lower(), len(run), spaced.split(" ")
        if not _PLAIN.match(run) or not EXPANDED.isdisjoint(folded.split(" ")):
            return list(self.find(run)), self.openings(run)
        found: list[Match] = []
        openings: list[tuple[int, str]] = []
        start, left = 0, len(tokens)
        for token in tokens:
            word = self._words.get(token) or self._learn(token)
            end = start + len(token)
            if word.goes_on:
                rest = folded[start:]
                if end < size:
                    for key in reversed(self._names.prefixes(rest)):
                        stop = start + len(key)
                        if stop > end and (stop == size or spaced[stop] == " "):
                            found.append(Match(start, stop, key))
                if left <= LONGEST and (end == size or self._names.has_from(rest + " ")):
                    openings.append((start, rest + " "))
            if word.alone:
                found.append(Match(start, end, word.folded))
            start = end + 1
            left -= 1
        return found, openings

    def openings(self, surface: str) -> list[tuple[int, str]]:
        """Where in ``surface`` words begin with which a known name may begin that goes on behind it: (offset of the
        word, what the folded name begins with)."""
        found = []
        tokens = [(match.start(), match.group()) for match in TOKEN.finditer(surface)][-LONGEST:]
        folded = ""
        for start, token in reversed(tokens):
            word = self._words.get(token) or self._learn(token)
            alone, folded = not folded, f"{expanded(word.folded)} {folded}"
            if word.goes_on and (alone or (self._goes_on(folded[:-1]) and self._goes_on(folded))):
                found.append((start, folded))
        return found[::-1]

    def beyond(self, text: str, start: int, end: int, openings: Sequence[tuple[int, str]]) -> list[Match]:
        """The known names that begin in ``text[start:end]``, which has ``openings``, and end behind it; longest first.

        A word in small letters must be one that names go on with, "Isle of Wight", "Vologda region", or stand behind a
        hyphen: "Port-au-Prince".
        """
        if text[end : end + 2] in _POSSESSIVE:
            return [match for match in self._from_each(text, start, end) if match.end > end]
        found = NEXT.match(text, end) if openings else None
        if not found:
            return []
        token = found.group(1)
        if len(token) > LONGEST_WORD or (token[0].islower() and token not in _GOES_ON and text[end] not in _HYPHENS):
            return []
        following = fold_word(token)
        matches: list[Match] = []
        for offset, folded in openings:
            if self._goes_on(folded + following) and (window := self._window(text, end, folded[:-1])):
                matches += self._longer(*window, start + offset, len(folded))
        return matches

    def _from_each(self, text: str, start: int, end: int) -> Iterator[Match]:
        for token in TOKEN.finditer(text, start, end + 2):
            word = self._words.get(token.group()) or self._learn(token.group())
            yield from self._at(text, token.start(), token.end(), word)

    def _after_mark(self, text: str, start: int, end: int, word: Word) -> Iterator[Match]:
        """After an apostrophe or hyphen: not O'Brien or D'Angelo, but l'Ukraine; al-Bab from its article on."""
        if text[start - 1] in "'’":
            if start < 2 or not text[start - 2].isalpha() or text[start - 2].islower():
                yield from self._at(text, start, end, word)
            return
        if article := _ARTICLE.search(text, max(0, start - 4), start):
            token = TOKEN.match(text, article.start())
            assert token
            first = self._words.get(token.group()) or self._learn(token.group())
            yield from (m for m in self._at(text, token.start(), token.end(), first) if m.end > start)
        yield from self._at(text, start, end, word)

    def _at(self, text: str, start: int, end: int, word: Word) -> Iterator[Match]:
        """The names that start with the word ``text[start:end]``."""
        if word.goes_on and (window := self._window(text, end, word.folded)):
            yield from self._longer(*window, start, len(word.folded))
        for key, length in word.alone:
            yield Match(start, start + length, key)

    def _longer(self, folded: str, ends: dict[int, int], start: int, shortest: int) -> Iterator[Match]:
        """The names that ``folded`` begins with, longer than ``shortest``, longest first."""
        for key in reversed(self._names.prefixes(folded)):
            if len(key) > shortest and len(key) in ends:
                yield Match(start, ends[len(key)], key)

    def _window(self, text: str, end: int, first: str) -> tuple[str, dict[int, int]] | None:
        """The folded words from ``first`` (which ends at ``end``) on, and the offset in ``text`` for each length at
        which a name may end; None where no known name goes on with the second word."""
        found = NEXT.match(text, end)
        if not found or len(found.group(1)) > LONGEST_WORD:
            return None
        folded = f"{expanded(first)} {fold_word(found.group(1))}"
        possessive = _is_possessive(found.group(1))
        if not self._goes_on(folded) and not (possessive and self._goes_on(folded[:-1])):
            return None
        ends: dict[int, int] = {}
        while True:
            token, end = found.group(1), found.end()
            ends[len(folded)] = end
            if _is_possessive(token):
                ends[len(folded) - 1] = end - 2
            found = NEXT.match(text, end) if len(ends) < LONGEST else None
            if not found or not (self._goes_on(folded) or (_is_possessive(token) and self._goes_on(folded[:-1]))):
                return folded, ends
            head, _, last = folded.rpartition(" ")
            folded = f"{head} {expanded(last)} {fold_word(found.group(1))}"

    def _learn(self, token: str) -> Word:
        plain = token.isascii()
        if len(token) > LONGEST_WORD or (not plain and _UNSPACED.match(token)):
            return _NO_NAME
        folded = fold_word(token)
        if not plain and _HANGUL.match(token):  # particles follow the name without a space
            alone = [(key, len(key)) for key in reversed(self._names.prefixes(folded)) if len(key) > 1]
        else:
            alone = [(folded, len(token))] if self._names.has(folded) else []
            if _is_possessive(token) and self._names.has(folded[:-1]):
                alone.append((folded[:-1], len(token) - 2))
        goes_on = self._names.has_from(expanded(folded) + " ")
        if len(self._words) > MOST_KEPT:
            self._words.clear()
        word = self._words[token] = Word(folded, tuple(alone), goes_on)
        return word

    def _goes_on(self, two_words: str) -> bool:
        known = self._pairs.get(two_words)
        if known is None:
            if len(self._pairs) > MOST_KEPT:
                self._pairs.clear()
            known = self._pairs[two_words] = self._names.has_from(two_words)
        return known

    def _in_run(self, text: str, start: int, end: int) -> Iterator[Match]:
        """Names in a stretch of a script without spaces, at every character."""
        run = text[start:end]
        of_letter = {letter: fold_word(letter) for letter in set(run)}
        letters = [of_letter[letter] for letter in run]
        folded, at = "".join(letters), [0, *accumulate(map(len, letters))]  # "ำ" folds to two
        number = {place: n for n, place in enumerate(at)}
        for n, place in enumerate(at[:-1]):
            window = folded[place : at[min(n + LONGEST_RUN, len(letters))]]
            for key in reversed(self._names.prefixes(window)):
                if len(key) > 1 and (stop := number.get(place + len(key))):
                    yield Match(start + n, start + stop, key)


def _is_possessive(token: str) -> bool:
    return len(token) > 3 and token[-1] in "sS" and token[-2] in "'’"
