"""Who says what in a sentence: "X said", "said X", "according to X", "X reported, citing Y"; sources as told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from mapgen.events.lowered import caseless, lowered

MOST = 12  # sayings read in one sentence; no prose has more
LONGEST_SOURCE = 110  # characters of a source's name; a longer one is a sentence that was misread


@dataclass(frozen=True, slots=True)
class Saying:
    """``source`` says with ``verb`` what ``text[content[0]:content[1]]`` tells; offsets of source and verb."""

    source: str
    verb: str
    start: int
    end: int
    content: tuple[int, int]  # what is said, as far as the sentence tells


_SAY = (
    r"(?:said|says|say|told|tells|reported|reports|report|announced|announces|announce|stated|states|claimed|claims|"
    r"claim|"
    r"confirmed|confirms|confirm|added|adds|wrote|tweeted|posted|explained|alleged(?=\s+(?:that|on|in|to)\b)|alleges|insisted|insists|"
    r"acknowledged|"
    r"admitted|declared|warned|estimated|noted|noting|revealed|disclosed|denied|denies|deny|testified|quoted|broadcast|"
    r"published|showed|argued|accused|maintain(?:s|ed)?|recalled|described|believes?)"
)
_ADVERB = (
    r"(?:(?:also|later|earlier|previously|has|have|had|officially|since|meanwhile|then|now|both|repeatedly|already|"
    r"further|"
    r"separately|initially|falsely|reportedly|immediately|all|jointly|publicly|formally)\s+){0,3}"
)
_VERB = re.compile(rf"\b(?P<verb>{_SAY})\b")
_ACCORDING = re.compile(
    r"\b[Aa]ccording\s+to\s+|\b[Aa]s\s+(?:reported|told|stated|confirmed|announced)\s+by\s+|"
    r"\b[Ii]n\s+the\s+words\s+of\s+"
)
_CITING = caseless(r"\b(?:citing|quoting)\s+(?!(?:an?|the)\s+[“\"])(?P<who>[^,;:.()“”\"]{2,120})")
_AS_SAYS = re.compile(rf"\bin\s+what\s+(?P<who>[^,;.]{{3,90}}?)\s+(?P<verb>{_SAY})\s+(?:was|were|is)\b")
_CLOSING = re.compile(r"[,”\"]\s*\Z")
_PASSIVE = re.compile(r"\s*(?:by|to\s+have)\b")
_ASIDE = re.compile(r"\s*\([^()]{1,40}\)")
_VERBAL = re.compile(r"\s(?!armed|based|unnamed|retired|masked|affiliated|related|linked|backed|led\b)[a-z]{3,}ed\s")
_UNFINISHED = re.compile(r"(?:^|\s)(?:an?|the|and|or|of|some|two|its|their)$", re.IGNORECASE)
# who may speak behind the verb, "said the official"; another "the …" there is what is spoken of
_SPEAKER = re.compile(
    r"officials?|minist|spokes|police|agency|army|military|governor|president|source|report|paper|group|officer|command|"
    r"mayor|statement|doctor|witness|channel|broadcaster|outlet|observatory|monitor|source|organi[sz]ation|bureau|office|"
    r"department|chief|general|leader|council|commission|company|bank|court|prosecutor|committee|brigade|militia|villager|"
    r"resident|member|union|captain|colonel|nurse|medic|lawyer|deputy|superintendent|secretary|envoy|survivor|relative|"
    r"neighbour|activist|service"
)
_CLAUSE_END = re.compile(r";|,\s+(?:but|while|whereas|although)\b")

# what may begin or end a source's name as the sentence tells it
_DESCRIPTOR = re.compile(
    r"\A(?:[Tt]he\s+|[Aa]n?\s+)?(?:(?:[Ss]tate|[Ll]ocal|Telegram|Twitter|Facebook|YouTube|private|public|national|pro-government|state-run|state-owned|"
    r"government-run|official|independent|Russian|"
    r"semi-official|opposition|daily|weekly|online|foreign|international|German|French|"
    r"British)\s+)*(?:news\s+)?(?:media\s+)?"
    r"(?:outlets?|agency|agencies|newspapers?|daily|broadcasters?|websites?|sites?|portals?|(?:television|TV|"
    r"radio)\s+(?:channels?|stations?|networks?)|[Tt]elevision|channels?|news\s+service|monitor)\s+(?=[A-Z0-9“\"])"
)
_DATA = re.compile(
    r"^(?:(?:new|official|the|its|preliminary|unnamed|local)\s+)*(?:data|information|figures|statistics|reports?|"
    r"a\s+report|a\s+statement|statements?|comments|an?\s+\w+\s+report)\s+(?:from|of|by|in)\s+",
    re.IGNORECASE,
)
_NATION = re.compile(r"^(?:the\s+|its\s+|their\s+)?(?:nation|country|state|city)[’']s\s+")
_TAIL = re.compile(
    r"\s+(?:(?:on|late|early|in|at|by|over|during)\s+)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*|"
    r"(?:a\s+)?(?:statement|interview|tweet|announcement|press\s+release|news\s+conference|telegram|post).*)\Z"
)
_LEAD = re.compile(
    r"^(?:(?:and|but|while|meanwhile|however|though|although|as|when|where|after|also|still|earlier|later|separately|"
    r"because|on\s+\w+day(?:\s+\w+)?|late\s+on\s+\w+|overnight|for\s+(?:his|her|its|their)\s+part)\b,?\s*)+",
    re.IGNORECASE,
)
_NOT_SOURCE = re.compile(
    r"\b(?:will|would|must|may|should|can|confirmed|denied|rejected|dismissed|said|amid|despite|was|were|is|are|been|had|have|has|did|which|who|that|killed|injured|there|no\s+one|nobody|what|not)\b|"
    r"^(?:and|or|of|to|in|from|by|for|with|on|at)\b|^\d+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def find_sayings(text: str, start: int, end: int) -> tuple[Saying, ...]:
    """Every "X said", "said X", "according to X" of the sentence, in text order, each with what it covers."""
    found: list[Saying] = []
    for match in islice(_ACCORDING.finditer(text, start, end), MOST):
        who = source_name(_phrase_after(text, match.end(), end))
        if who:
            found.append(Saying(who, "said", match.start(), match.end() + len(who), (start, end)))
    for match in islice(_AS_SAYS.finditer(text, start, end), MOST) if "what" in text[start:end] else ():
        who = source_name(match.group("who"))
        if who:
            found.append(Saying(who, "said", match.start(), match.end(), (start, end)))
    taken = [s.start for s in found]
    for match in islice(_VERB.finditer(text, start, end), MOST):
        if any(s.start <= match.start() <= s.end for s in found):
            continue
        saying = _said(text, start, end, match)
        if saying and saying.start not in taken:
            found.append(saying)
    citing = _CITING.search(lowered(text), start, end)
    if citing and found:
        who = text[citing.start("who") : citing.end("who")]
        cited = source_name(who)
        nearest = min(found, key=lambda s: abs(s.end - citing.start()))
        if cited:
            told = f"{nearest.source}, citing {_with_article(cited, who)}"
            found[found.index(nearest)] = replace(nearest, source=told)
    elif citing:
        cited = source_name(text[citing.start("who") : citing.end("who")])
        if cited:
            found.append(Saying(cited, "reported", citing.start(), citing.end(), (start, end)))
    return tuple(_bounded(sorted(found, key=lambda saying: saying.start)))


def _bounded(found: list[Saying]) -> list[Saying]:
    """``found`` with what each covers ending where the next begins to speak."""
    bounded = []
    for index, saying in enumerate(found):
        begin, end = saying.content
        if begin >= saying.start:
            end = min([end, *(other.start for other in found[index + 1 :] if other.content[0] >= other.start)])
        bounded.append(replace(saying, content=(begin, end)))
    return bounded


def _with_article(cited: str, told: str) -> str:
    return (
        f"the {cited}"
        if _NATION.search(_DATA.sub("", told.strip())) and not cited.lower().startswith("the ")
        else cited
    )


def _said(text: str, start: int, end: int, match: re.Match[str]) -> Saying | None:
    verb = match.group("verb").lower()
    after = text[match.end() : min(end, match.end() + LONGEST_SOURCE + 20)]
    before = text[max(start, match.start() - LONGEST_SOURCE - 60) : match.start()]
    closing = _CLOSING.search(before)
    if closing and verb in ("said", "says", "reported", "reports", "announced", "added", "told", "wrote", "confirmed"):
        who = source_name(re.split(r"[.,;]|\s+(?:in|on|at|during|after|while|to|told)\s", after.strip(), maxsplit=1)[0])
        speaks = who is not None and (not who.startswith(("the ", "a ", "an ")) or _SPEAKER.search(who) is not None)
        if who and speaks and not re.match(r"\s*(?:that|on|in|the\s+same|it|he|she|they)\b", after):
            return Saying(
                who, verb, match.start(), match.end() + len(after.split(who)[0]) + len(who), (start, match.start())
            )
    subject = subject_before(text, start, match.start())
    who = source_name(subject)
    if not who:
        return None
    begin = text.rfind(who.split(", citing")[0][:30], start, match.start())
    begin = begin if begin >= 0 else match.start()
    rest = after.lstrip()
    mid = re.match(
        r"(?:\s+(?:on|late|early|in|to|at|officially|also|earlier|this|last)\b[^,.;]{0,60})?\s*[.;\"”]?\s*\Z|"
        r"^\s*(?:[.,;]|(?:on|late|early|in\s+an?|to)\s[^,.;]{0,60}[.,;])",
        after,
    )
    if begin > start + 8 and _comma_before(text, start, begin) and (mid or not rest or match.end() >= end - 2):
        inserted = after.lstrip().startswith(",")  # "Two died, the agency reported, after a raid"
        return Saying(who, verb, begin, match.end(), (start, end if inserted else begin))
    if _PASSIVE.match(after):
        return None
    return Saying(who, verb, begin, match.end(), (match.end(), _clause_end(text, match.end(), end)))


def _clause_end(text: str, at: int, end: int) -> int:
    found = _CLAUSE_END.search(text, at, end)
    return found.start() if found else end


def _comma_before(text: str, start: int, at: int) -> bool:
    return bool(re.search(r"[,”\"]\s*(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,6}\Z", text[max(start, at - 60) : at]))


def subject_before(text: str, start: int, at: int) -> str:
    """The noun phrase that ends at ``at``: back to the last mark or conjunction that opens a clause."""
    piece = _ASIDE.sub("", text[max(start, at - LONGEST_SOURCE - 60) : at])
    piece = re.sub(rf"(?:\s+|\b){_ADVERB}\Z", "", piece.rstrip() + " ").rstrip()
    piece = re.sub(r",\s*[^,]{2,80},\Z", "", piece) if piece.endswith(",") else piece
    cuts = [
        m.end()
        for m in re.finditer(
            r"[;:—“”\"(•]\s*|,\s+|\b(?:that|which|while|but|because|as|after|when|where|whereas)\s+", piece
        )
    ]
    return piece[cuts[-1] :] if cuts else piece


def _phrase_after(text: str, at: int, end: int) -> str:
    piece = text[at : min(end, at + LONGEST_SOURCE + 20)]
    cut = re.search(r"[;:(“\"]|,|\.(?:\s|\Z)|\s+(?:which|who|that|as|while|where)\s|\s+(?:said|reported)\b|\Z", piece)
    return piece[: cut.start()] if cut else piece


def source_name(told: str) -> str | None:
    """``told`` as the name of a source: without lead-ins, descriptors, dates and what it cites; None if it is none."""
    who = " ".join(told.strip(" ,.;:—–-“”\"'").split())
    who = _LEAD.sub("", who)
    who = _DATA.sub("", who)
    who = _TAIL.sub("", who)
    who = _NATION.sub("", who)
    who = _DESCRIPTOR.sub("", who)
    who = re.sub(
        r"^(?:Eyewitnesses|Witnesses|Officials|Residents|Police|Authorities|Local|State|Government|Medics|Doctors|"
        r"Rebels|Activists|Survivors)\b",
        lambda m: m.group().lower(),
        who,
    )
    if _VERBAL.search(who) or _UNFINISHED.search(who):
        return None
    if not who or len(who) > LONGEST_SOURCE or _NOT_SOURCE.search(who) or not re.search(r"[^\W\d_]", who):
        return None
    return who
