"""Whether a trigger tells something real: what the words around its head make of it.

Not denied by a "not", not wished for, feared or merely possible, not quoted opinion, not what has long been so, and
not only named as the background of something else ("after the attack").
"""

from __future__ import annotations

from functools import cache

from mapgen.events.lexicon import Hit, Words, lexicon
from mapgen.events.lowered import caseless, lowered

_STANDING = caseless(
    r"\b(?:(?:has|have) since\b|over the (?:past |last )?(?:years|decades)|"
    r"\b(?:has|have|had|been|many)\b[^.;]{0,60}?\bfor (?:many |several |\w+ )?(?:years|decades|months)\b|"
    r"for (?:many|several) (?:years|decades|months)\b|in recent (?:years|months|decades)|"
    r"(?<!end a )(?<!end the )(?<!end their )(?<!ending a )(?<!ended a )"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)[- ](?:year|month)s?(?:[- ]long)?\s+"
    r"(?:[\w-]+ ){0,2}(?:war|conflict|insurgency|rebellion)|(?:is|are) (?:a )?(?:known|home|notorious)|"
    r"(?:is|are|were|was|remain|become|became) (?:more |very |so )?(?:common|commonplace|frequent|rare)\b|"
    r"there ha(?:s|ve) been (?:a |an )?(?:\w+ )?(?:increase|rise|surge|history|number|many|several|numerous|frequent)|"
    r"historically|decades[- ]long|years? ago|last year|"
    r"in the past(?! (?:\w+ )?(?:hours?|days?|nights?|week|weekend)\b)|traditionally|often|regularly|routinely|"
    r"every (?:year|day|week)|(?:19[0-9]{2}|20[0-9]{2})s\b)",
)
_ARTICLES = frozenset("in a an the no any this that its his her their our every each another of".split())
_DEFINITE = frozenset(
    "the this that these those monday tuesday wednesday thursday friday saturday sunday yesterday last".split()
)
_PREMODIFIERS = _DEFINITE | frozenset("a an his her its their recent deadly alleged latest mass".split())
_ABOUT = frozenset("for with about over against into".split())
_LOOMING = frozenset("looming looms loomed imminent feared inevitable unlikely".split())
_MODAL = frozenset("would could might cannot".split())
_THOUGHT = frozenset("see mean require allow involve plan proposal bill".split())
_DETERMINERS = frozenset("the a an this that these those its their his her recent ongoing any".split())


def standing(text: str, start: int, end: int) -> list[int]:
    """The offsets at which ``text[start:end]`` marks something as having long been so, which is no news."""
    return [match.start() for match in _STANDING.finditer(lowered(text), start, end)]


def reality(hit: Hit, words: Words, clauses: list[int]) -> float:
    """How far the hit is told as something that happened or is planned: a factor of 0–1."""
    lower, head = words.lower, hit.head
    left = [i for i in range(max(0, head - 10), head) if clauses[i] == clauses[head]]
    left = [i for i in left if i != hit.first and not _names(words, i)]
    near = {lower[i] for i in left[-4:]}
    if near & _contexts()["negation"]:
        return 0.2
    before = {lower[i] for i in left}
    factor = 0.5 if before & _contexts()["negation"] else 1.0
    if _imagined(lower, hit, before) or before & _contexts()["unreal"]:
        factor *= 0.4
    elif before & _contexts()["planned"]:
        factor *= 0.85
    if hit.first and lower[hit.first - 1] == "to" and not before & _contexts()["planned"]:
        factor *= 0.75
    opening = {lower[i] for i in range(max(0, hit.first - 5), hit.first)}
    nominal = (not hit.verb or _gerund(lower, head)) and _nominal(lower, hit)
    if (hit.trigger.noun or hit.noun or nominal) and opening & _contexts()["background"]:
        factor *= 0.8 if hit.first and _is_new(lower[hit.first - 1]) else 0.5
    opener = next(i for i in range(head + 1) if clauses[i] == clauses[head])
    counts = hit.trigger.event_type == "casualties"
    if opener and ((lower[opener].endswith("ing") and not counts) or lower[opener] in ("who", "whose")):
        factor *= 0.75  # "forcing a retreat" only goes on with what was told
    if hit.verb and (_noun_form(lower, head) or _attributive(lower, head)):
        factor *= 0.5
    if _in_apposition(words, head):
        factor *= 0.6
    if _oblique(lower, hit):
        factor *= 0.5
    if _restrictive(words, head, clauses):
        factor *= 0.5
    if _quoted(words, head):
        factor *= 0.5
    if not hit.verb and (_looms(lower, hit) or _of_a_year(lower, hit)):
        factor *= 0.4
    return factor


def _names(words: Words, at: int) -> bool:
    """Whether a word that might deny or wish only names or describes: "Doctors Without Borders", "the wanted man"."""
    return words.named[at] or (words.lower[at] == "wanted" and at > 0 and words.lower[at - 1] in _DETERMINERS)


def _looms(lower: tuple[str, ...], hit: Hit) -> bool:
    """Whether what is named is still to come or only feared: "a tsunami was looming", "war is imminent"."""
    return not _LOOMING.isdisjoint(lower[hit.last + 1 : hit.last + 4])


def _of_a_year(lower: tuple[str, ...], hit: Hit) -> bool:
    """Whether what is named bears its year, as history does: "the 2004 tsunami", "the 1994 genocide"."""
    before = lower[max(0, hit.first - 2) : hit.first]
    return any(len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") for word in before)


def _imagined(lower: tuple[str, ...], hit: Hit, before: set[str]) -> bool:
    """Whether a "would" or "could" makes it a thought only: "a strike would ground", "would see soldiers stationed"."""
    if "would" in before and ("if" in lower[hit.head :] or not _THOUGHT.isdisjoint(before)):
        return True
    if ("ruled" in before or "rule" in before) and "out" in before:
        return True
    return not hit.verb and not _MODAL.isdisjoint(lower[hit.last + 1 : hit.last + 6])


def _in_apposition(words: Words, head: int) -> bool:
    """Whether a participle right behind a comma only describes who acts: "Roe, named acting president, ordered"."""
    if head == 0 or not words.lower[head].endswith("ed") or words.text[words.ends[head - 1]] != ",":
        return False
    text = words.text
    return (
        text.count(",", words.starts[0], words.starts[head]) == 1 and "," in text[words.starts[head] : words.ends[-1]]
    )


def _is_new(word: str) -> bool:
    """Whether a determiner brings in something not told yet: "after an attack", "after two attacks"."""
    return word in ("a", "an") or word.isdigit() or word in lexicon().classes["quantity"]


def _oblique(lower: tuple[str, ...], hit: Hit) -> bool:
    """Whether the hit only says what something else is about: "blamed for the bombing", "cause of the blast"."""
    at = hit.first - 1
    while at > 0 and hit.first - at < 4 and lower[at] in _PREMODIFIERS:
        at -= 1
    if at < 0 or (hit.verb and lower[hit.head].endswith(("ed", "s"))):
        return False
    return lower[at] in _ABOUT or (lower[at] in ("of", "by") and lower[at + 1] in _DEFINITE)


def _gerund(lower: tuple[str, ...], head: int) -> bool:
    """Whether a form in -ing stands as a noun: "after the jailing of"."""
    return head > 0 and lower[head].endswith("ing") and lower[head - 1] in _ARTICLES


def _noun_form(lower: tuple[str, ...], head: int) -> bool:
    """Whether a word that may be a verb stands as a noun: "a ban", "the arrest report"."""
    return head > 0 and lower[head - 1] in _ARTICLES and not lower[head].endswith(("ed", "ing"))


def _attributive(lower: tuple[str, ...], head: int) -> bool:
    """Whether a participle only describes a noun: "the detained officer", "the wounded"."""
    return head > 0 and lower[head - 1] in _DETERMINERS and lower[head].endswith(("ed", "en"))


def _restrictive(words: Words, head: int, clauses: list[int]) -> bool:
    """Whether the word stands in a relative clause that only says who is meant ("all fighters who surrender")."""
    opener = next(i for i in range(head + 1) if clauses[i] == clauses[head])
    if not opener or words.lower[opener] not in ("who", "whose", "whom"):
        return False
    return "," not in words.text[words.ends[opener - 1] : words.starts[opener]]


def _nominal(lower: tuple[str, ...], hit: Hit) -> bool:
    """Whether the hit is a noun phrase: it opens behind a preposition and an article, or an article."""
    at = hit.first - 1
    return at >= 0 and lower[at] in _DETERMINERS | _contexts()["background"]


def _quoted(words: Words, head: int) -> bool:
    """Whether the word stands inside a quotation of a sentence's length, which is someone's opinion or wish."""
    text, at = words.text, words.starts[head]
    first = words.starts[0]
    first -= first > 0 and text[first - 1] in '“"«'
    opened = max(text.rfind("“", first, at), text.rfind("«", first, at))
    if opened < 0:
        count = text.count('"', first, at)
        if count % 2 == 0:
            return False
        opened = text.rfind('"', first, at)
        closed = text.find('"', at)
    else:
        if text.find("”", opened, at) >= 0 or text.find("»", opened, at) >= 0:
            return False
        closed = text.find("”", at)
    closed = closed if closed >= 0 else words.ends[-1]
    return text.count(" ", opened, closed) > 4


@cache
def _contexts() -> dict[str, frozenset[str]]:
    return lexicon().contexts
