"""Where known names stand in a text: every name that starts at a word, longest first.

Only words that could start a name are looked at (capitalised ones, or all those of scripts without case), each word is
folded once, and a word after which no known name goes on ends the search; the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from mapgen.gazetteer.folding import GAP, TOKEN, expanded, fold_word

LONGEST = 8  # words in a name

# First letters that may start a name: everything but the small letters of alphabets with case.  Blocks in which capital
# and small letters alternate are taken whole, and looked at again in _starts.
_CAPITAL = (
    "[A-ZÀ-ÖØ-Þ\u0100-\u0250\u0386-\u03ab"
    "\u0400-\u042f\u0460-\u0556\u05d0-\u1fff"
    "\u2c00-\u2dff\u3005-\ua63f\ua660-\ufaff\ufb1d-\uffdc\U00010400-\U000323af]"
)
_CAPITALISED = re.compile(_CAPITAL + r"(?<!\w.)", re.DOTALL)
_ANY = re.compile(r"[^\W\d_](?<!\w.)", re.DOTALL)
# Scripts written without spaces: a name may start and end at any character.
_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ARTICLE = re.compile(r"(?<!\w)(?:a[dhlnrstz]|ash|adh|ath|e[dhlnrsz]|esh)[-‐]\Z")


class Match(NamedTuple):
    """``text[start:end]`` is the known name ``key`` (folded; ``Gazetteer.candidates`` takes it as it is)."""

    start: int
    end: int
    key: str


class Names(Protocol):
    """A set of folded names that can be asked for prefixes."""

    def prefixes(self, text: str) -> list[str]:
        """The names that ``text`` begins with."""

    def keys_from(self, prefix: str) -> Iterator[str]:
        """The names that begin with ``prefix``."""


class Scanner:
    """Finds the names of one or more sets in texts; keeps what it learnt about words, within bounds."""

    def __init__(self, sets: list[Names]) -> None:
        self._sets = sets
        self._words: dict[str, tuple[str, str, bool, bool]] = {}
        self._pairs: dict[str, bool] = {}

    def find(self, text: str, capitalised_only: bool = True) -> Iterator[Match]:
        """Every known name in ``text`` that starts and ends with a word; by start, longest first."""
        starts = _CAPITALISED if capitalised_only else _ANY
        at = 0
        while found := starts.search(text, at):
            start = found.start()
            if unspaced := _UNSPACED.match(text, start):
                yield from self._in_run(text, start, unspaced.end())
                at = unspaced.end()
                continue
            start = self._start(text, start, capitalised_only)
            token = TOKEN.match(text, found.start() if start is None else start)
            if token is None:
                at = found.end()
                continue
            if start is not None:
                yield from self._at(text, start, token.group(), token.end())
            at = max(found.end(), self._resume(text, found.start(), token.end()))

    def _start(self, text: str, start: int, capitalised_only: bool) -> int | None:
        """Where a name would start whose first capital is at ``start``; None where no name starts there."""
        if capitalised_only and text[start].islower():
            return None
        before = text[start - 1] if start else " "
        if before in "'’" and start > 1 and not text[start - 2].islower() and text[start - 2].isalpha():
            return None  # O'Brien, D'Angelo; but l'Ukraine, d'Ivoire
        if before in "-‐" and (article := _ARTICLE.search(text, max(0, start - 4), start)):
            return article.start()
        return start

    def _resume(self, text: str, start: int, end: int) -> int:
        """After a word with an elided article inside ("Côte d'Ivoire" has none, "L'Aquila" has) the next word."""
        return end if end > start else start + 1

    def _at(self, text: str, start: int, token: str, end: int) -> Iterator[Match]:
        word, base, alone, goes_on = self._words.get(token) or self._learn(token)
        if not alone and not goes_on:
            return
        if not goes_on:
            yield from self._alone(text, start, end, token, word, base)
            return
        window, ends = self._window(text, start, end, word, base, token)
        keys = [key for names in self._sets for key in names.prefixes(window)] if ends else []
        seen: set[str] = set()
        for key in sorted(keys, key=len, reverse=True):
            if len(key) in ends and key not in seen and (len(key) > len(word) or key == word):
                seen.add(key)
                yield Match(start, ends[len(key)], key)
        if alone:
            yield from (m for m in self._alone(text, start, end, token, word, base) if m.key not in seen)

    def _alone(self, text: str, start: int, end: int, token: str, word: str, base: str) -> Iterator[Match]:
        """The names that are the whole first word, with or without its possessive ending."""
        if _HANGUL.match(token):
            yield from self._prefixes_of(word, start)
            return
        if self._known(word):
            yield Match(start, end, word)
        if base != word and self._known(base):
            yield Match(start, start + _without_possessive(token), base)

    def _window(self, text: str, start: int, end: int, word: str, base: str, token: str) -> tuple[str, dict[int, int]]:
        """The folded words from ``start`` on, and for each length at which a name may end, its offset in ``text``."""
        window, ends = word, {len(word): end}
        for count in range(1, LONGEST):
            gap = GAP.match(text, end)
            following = TOKEN.match(text, gap.end()) if gap else None
            if following is None:
                break
            token, end = following.group(), following.end()
            word = fold_word(token)
            window = f"{expanded(window) if count == 1 else _expand_last(window)} {word}"
            if count == 1 and not self._goes_on(window):
                base_known = _possessive(token) and self._goes_on(window[:-1])
                if not base_known:
                    break
            ends[len(window)] = end
            if _possessive(token):
                ends[len(window) - 1] = end - 2
            if text[end : end + 1] in ".,;:" and text[end - 1] != "." and len(word) > 4:
                break
        return window, ends

    def _learn(self, token: str) -> tuple[str, str, bool, bool]:
        """A first word, folded, without possessive; whether it is a name, and whether longer names start with it."""
        word = fold_word(token)
        base = word[:-1] if _possessive(token) else word
        alone = bool(_HANGUL.match(token)) or self._known(word) or self._known(base)
        goes_on = self._starts_names(expanded(word) + " ")
        if len(self._words) > 200_000:
            self._words.clear()
        self._words[token] = word, base, alone, goes_on
        return self._words[token]

    def _goes_on(self, two_words: str) -> bool:
        """Whether a known name begins with the folded ``two_words``."""
        known = self._pairs.get(two_words)
        if known is None:
            if len(self._pairs) > 200_000:
                self._pairs.clear()
            known = self._pairs[two_words] = self._starts_names(two_words)
        return known

    def _starts_names(self, prefix: str) -> bool:
        return any(next(iter(islice(names.keys_from(prefix), 1)), None) is not None for names in self._sets)

    def _known(self, key: str) -> bool:
        return any(key in names.prefixes(key) for names in self._sets)

    def _prefixes_of(self, word: str, start: int) -> Iterator[Match]:
        keys = {key for names in self._sets for key in names.prefixes(word)}
        for key in sorted(keys, key=len, reverse=True):
            if len(key) > 1:
                yield Match(start, start + len(key), key)

    def _in_run(self, text: str, start: int, end: int) -> Iterator[Match]:
        """Names in a stretch of a script without spaces."""
        for at in range(start, end):
            yield from self._prefixes_of(fold_word(text[at : min(end, at + 24)]), at)


def _possessive(token: str) -> bool:
    return len(token) > 3 and token[-1] in "sS" and token[-2] in "'’"


def _without_possessive(token: str) -> int:
    return len(token) - 2


def _expand_last(window: str) -> str:
    head, _, last = window.rpartition(" ")
    return f"{head} {expanded(last)}"
