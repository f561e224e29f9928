"""Who says so, and how sure it is: confirmed, reported, planned or denied.

Confirmed is what the text tells as fact and what a body says of its own acts; reported is what media, witnesses,
unnamed sources or one party say of others; planned lies ahead; denied is rejected by somebody named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

MOST = 12  # sayings read in one sentence; no prose has more
NEAR = 70  # characters between an event's word and a cue ("allegedly", "will") that speaks of it
LONGEST_SOURCE = 110  # characters of a source's name; a longer one is a sentence that was misread


@dataclass(frozen=True, slots=True)
class Judgement:
    """``status`` is one of model.STATUSES; ``attribution`` is who says so, as told, or None for the text itself.

    ``cue_start`` and ``cue_end`` are the offsets of the words that decided, equal where none did.
    """

    status: str
    attribution: str | None
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True)
class _Saying:
    source: str
    verb: str
    start: int
    end: int
    content: tuple[int, int]  # what is said, as far as the sentence tells


_SAY = (
    r"(?:said|says|say|told|tells|reported|reports|report|announced|announces|announce|stated|states|claimed|claims|claim|"
    r"confirmed|confirms|confirm|added|adds|wrote|tweeted|posted|explained|alleged|alleges|insisted|insists|acknowledged|"
    r"admitted|declared|warned|estimated|noted|noting|revealed|disclosed|denied|denies|deny|testified|quoted|broadcast|"
    r"published|showed|argued|accused|maintain(?:s|ed)?|recalled|described|believes?|suspects?)"
)
_ADVERB = (
    r"(?:(?:also|later|earlier|previously|has|have|had|officially|since|meanwhile|then|now|both|repeatedly|already|further|"
    r"separately|initially|falsely|reportedly|immediately|all|jointly|publicly|formally)\s+){0,3}"
)
_SAYS = re.compile(rf"\s*,?\s*{_ADVERB}(?P<verb>{_SAY})\b(?!\s+by\b)")
_VERB = re.compile(rf"\b(?P<verb>{_SAY})\b")
_ACCORDING = re.compile(
    r"\b[Aa]ccording\s+to\s+|\b[Aa]s\s+(?:reported|told|stated|confirmed|announced)\s+by\s+|\b[Ii]n\s+the\s+words\s+of\s+"
)
_CITING = re.compile(r"\b(?:citing|quoting)\s+(?!(?:an?|the)\s+[“\"])(?P<who>[^,;:.()“”\"]{2,120})", re.IGNORECASE)
_AS_SAYS = re.compile(rf"\bin\s+what\s+(?P<who>[^,;.]{{3,90}}?)\s+(?P<verb>{_SAY})\s+(?:was|were|is)\b")
_REPORTS = re.compile(
    r"\b(?:(?:have|has|had)\s+(?:also\s+)?been\s+reported|(?:were|was)\s+(?:also\s+)?reported(?!\s+by)|[Rr]eports\s+have\s+emerged|[Tt]here\s+(?:are|were|have\s+been)\s+(?:also\s+)?(?:\w+\s+){0,2}reports|[Rr]eports\s+(?:of|that|say)|amid\s+reports|[Uu]nconfirmed\s+reports?|[Ss]ome\s+(?:news\s+)?reports\s+say)\b"
)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|apparently|supposedly|(?:is|are|was|were)\s+(?:believed|thought|said|reported|understood|rumou?red)\s+to|unconfirmed|claims?\s+(?:that|to))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)\s+(?!(?:access|entry|bail|visas?|permission|the\s+opportunity)\b)|(?:reject|dismiss|refut|rebuff)(?:s|ed|es|ing)\s+(?:\w+\s+){0,2}"
    r"(?:reports?|claims?|allegations?|accusations?|charges?|suggestions?|that)\b|(?:is|are|was|were)\s+denied\s+by)",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will(?!ing)|shall|(?:is|are|was|were|’s|'s)\s+(?:also\s+|now\s+|reportedly\s+|currently\s+|said\s+to\s+be\s+)?(?:planning|preparing|going|set|due|scheduled|expected|poised|"
    r"ready|slated|planned|getting\s+ready|about)\s+to|plans?\s+(?:to|for)|planned\s+(?:to|for)|intends?\s+to|intended\s+to|prepar(?:es?|ed|ing)\s+to|in\s+preparation\s+(?:to|for)|scheduled\s+(?:for|to)|"
    r"would\s+(?!have|not|be\s+able|like|rather|seem|appear|mean)(?:be\s+)?\w+\b|(?:agree[ds]?|decid(?:ed|es)|vow(?:s|ed)|pledg(?:ed|es)|promis(?:ed|es)|threaten(?:s|ed)|"
    r"call(?:s|ed))\s+(?:to|for)\b|upcoming|is\s+to\s+\w+|are\s+to\s+\w+|ahead\s+of\s+planned|due\s+to\s+(?:begin|start|arrive|meet|take)|[’']ll)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:have|has|had)\s+(?:already\s+)?\w+(?:ed|en|t|n)\b", re.IGNORECASE)
_FIRM = re.compile(r"confirm|announc|declar|acknowledg|admit|explain")
_CLAIMS = re.compile(r"claim|alleg|accus|believ|suspect|estimat")

_CLAUSE_END = re.compile(r";|,\s+(?:but|while|whereas|although)\b")

# what may begin or end a source's name as the sentence tells it
_DESCRIPTOR = re.compile(
    r"(?:the\s+|an?\s+)?(?:(?:state|local|private|public|national|pro-government|state-run|state-owned|government-run|official|independent|Russian|"
    r"semi-official|opposition|daily|weekly|online|foreign|international|German|French|British)\s+)*(?:news\s+)?(?:media\s+)?"
    r"(?:outlets?|agency|agencies|newspapers?|daily|broadcasters?|websites?|sites?|portals?|(?:television|TV|radio)\s+(?:channels?|stations?|networks?)|television|channels?|news\s+service|monitor)\s+(?=[A-Z0-9“\"])"
)
_DATA = re.compile(
    r"^(?:(?:new|official|the|its|preliminary|unnamed|local)\s+)*(?:data|information|figures|statistics|reports?|a\s+report|a\s+statement|statements?|comments|an?\s+\w+\s+report)\s+(?:from|of|by|in)\s+",
    re.IGNORECASE,
)
_NATION = re.compile(r"^(?:the\s+|its\s+|their\s+)?(?:nation|country|state|city)[’']s\s+")
_TAIL = re.compile(
    r"\s+(?:(?:on|late|early|in|at|by|over|during)\s+)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*|(?:a\s+)?(?:statement|interview|tweet|announcement|press\s+release|news\s+conference|telegram|post).*)\Z"
)
_BACK = re.compile(
    r"(?:^|\b)(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts?)\s+(?:\w+\s+)?(?:outlet|agency|newspaper|paper|channel|broadcaster|report|site|website|organi[sz]ation|group|ministry|statement|official|minister|spokes\w+|president|police)\Z|^(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\Z"
)
_LEAD = re.compile(
    r"^(?:(?:and|but|while|meanwhile|however|though|although|as|when|where|after|also|still|earlier|later|separately|because|on\s+\w+day(?:\s+\w+)?|late\s+on\s+\w+|overnight|for\s+(?:his|her|its|their)\s+part)\b,?\s*)+",
    re.IGNORECASE,
)
_NOT_SOURCE = re.compile(
    r"\b(?:was|were|is|are|been|had|have|has|did|which|who|that|killed|injured|there|no\s+one|nobody|what|not)\b|^(?:and|or|of|to|in|from|by|for|with|on|at)\b|^\d+$",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"\b(?:agency|agencies|newspaper|daily|outlet|media|broadcaster|television|TV|radio|channel|website|portal|news|press|journalists?|"
    r"correspondents?|reporters?|footage|videos?|images|reports|Reuters|AFP|AP|TASS|Interfax|RIA|Xinhua|BBC|CNN|Al[\s-]Jazeera|SANA|IRNA|Anadolu|"
    r"Agence\s+France-Presse|Associated\s+Press|Times|Post|Herald|Guardian|Tribune|Gazette)\b",
)
_WITNESS = re.compile(
    r"\b(?:eye-?)?witness(?:es)?\b|\b(?:residents?|locals?|villagers?|activists?|monitors?|observatory|sources?|survivors?|neighbou?rs|"
    r"opposition|campaigners|analysts?|diplomats?|people\s+familiar|doctors?|medics?|hospital|lawyers?|organi[sz]ers|rights|watchdog|"
    r"rebels?|militants?|separatists?|insurgents?|Human\s+Rights)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:police|ministry|ministers?|government|president|presidency|army|military|officials?|authorit(?:y|ies)|spokes\w+|"
    r"governor|mayor|bank|commission|council|parliament|court|prosecutors?|agency|department|office|forces?|command|commander|general|Gen|Col|Maj|"
    r"Lt|chief|service|secretary|bureau|organi[sz]ation|union|bloc|alliance|coast\s+guard|navy|air\s+force|troops|notices?|decree|kremlin|pentagon|"
    r"white\s+house|nato|un|envoy|group|company|premier|chancellor|king|leader)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:it|they|he|she|we|I|its|their|his|her|our|officers?|security\s+forces|police|authorities|troops|the\s+army|military|units)\b"
)
_ACTS = re.compile(
    r"\b(?:arrest|detain|charg|seiz|impos|clos|deploy|suspend|evacuat|releas|bann|order|lift|extend|declar|restor|reopen|"
    r"withdr[ae]wn?|mobili[sz]|dispers|rescu)\w*\b",
    re.IGNORECASE,
)
_PAPER = re.compile(r"\b(?:gazette|decree|notices?|order|court\s+documents?|indictment|communiqu[ée])\b", re.IGNORECASE)
_ENEMY = re.compile(
    r"\b(?:Russian|Ukrainian|Israeli|Palestinian|enemy|terrorists?|militants?|rebels?|insurgents?|jihadists?|protesters|demonstrators|gunmen|attackers?|opposition)\b"
)


def judge(
    text: str, start: int, end: int, previous_attribution: str | None = None, head: int | None = None
) -> Judgement:
    """How sure ``text[start:end]`` (a sentence or clause) tells its event, and who says so.

    ``head`` is the offset of the word that tells the event, where the sentence tells several.  ``previous_attribution``
    is the last source that the text named: "the outlet also said" goes back to it.
    """
    sayings = _sayings(text, start, end)
    saying = _nearest(sayings, head)
    who = _resolved(saying, previous_attribution)
    denied = _DENIED.search(text, start, end)
    if denied and (head is None or head > denied.start()):
        subject = _source(_before(text, start, denied.start()))
        return Judgement("denied", subject or who, denied.start(), denied.end())
    planned = _planned(text, start, end, head)
    if planned:
        return Judgement("planned", who, planned.start(), planned.end())
    vague = _REPORTS.search(text, start, end)
    if saying is None and vague and _near(vague, head):
        return Judgement("reported", "unspecified reports", vague.start(), vague.end())
    hearsay = _HEARSAY.search(text, start, end)
    if hearsay and _near(hearsay, head) and not (saying and _FIRM.match(saying.verb)):
        return Judgement("reported", who, hearsay.start(), hearsay.end())
    if saying is None:
        return Judgement("confirmed", None, start, start)
    return Judgement(_status_of(saying, who or "", text), who, saying.start, saying.end)


def _near(cue: re.Match[str], head: int | None) -> bool:
    """Whether a cue stands near enough to the word that tells the event to speak of it."""
    return head is None or cue.start() - NEAR <= head <= cue.end() + NEAR


def _status_of(saying: _Saying, who: str, text: str) -> str:
    if _CLAIMS.match(saying.verb):
        return "reported"
    witness, media, body = _WITNESS.search(who), _MEDIA.search(who), _BODY.search(who)
    if media or (witness and not body):
        return "reported"
    if _FIRM.match(saying.verb):
        return "confirmed"
    if _PAPER.search(who):
        return "confirmed"
    if body:
        content = text[saying.content[0] : saying.content[1]]
        words = content.split()
        own = _OWN.search(" ".join(words[:9])) or _ACTS.search(" ".join(words[:16]))
        if own and not _ENEMY.search(" ".join(words[:14])):
            return "confirmed"
    return "reported"


def _planned(text: str, start: int, end: int, head: int | None) -> re.Match[str] | None:
    """The words that put the event into the future: before its head, in the same clause and not too far off."""
    best = None
    for found in _PLANNED.finditer(text, start, end):
        if head is not None and not (found.start() - 4 <= head and head - found.end() <= NEAR):
            continue
        if head is not None and re.search(
            r"[;]|,\s+(?:but|after|while|which|who)\b|\b(?:said|because)\b", text[found.end() : max(found.end(), head)]
        ):
            continue
        if re.search(r"\b(?:said|told|ask\w*|warn\w*)\b", found.group()):
            continue
        best = best or found
    return best


def _nearest(sayings: list[_Saying], head: int | None) -> _Saying | None:
    if not sayings:
        return None
    if head is None:
        return sayings[0]
    holding = [s for s in sayings if s.content[0] <= head < s.content[1]]
    return (
        min(holding or sayings, key=lambda s: (s.content[1] - s.content[0], abs(s.start - head))) if holding else None
    )


def _resolved(saying: _Saying | None, previous: str | None) -> str | None:
    if saying is None:
        return None
    if _BACK.search(saying.source.split(", citing")[0]):
        return previous or (None if re.fullmatch(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)", saying.source) else saying.source)
    return saying.source


def _sayings(text: str, start: int, end: int) -> list[_Saying]:
    """Every "X said", "said X", "according to X" of the sentence, in text order, each with what it covers."""
    found: list[_Saying] = []
    for match in islice(_ACCORDING.finditer(text, start, end), MOST):
        who = _source(_phrase_after(text, match.end(), end))
        if who:
            found.append(_Saying(who, "said", match.start(), match.end() + len(who), (start, end)))
    for match in islice(_AS_SAYS.finditer(text, start, end), MOST):
        who = _source(match.group("who"))
        if who:
            found.append(_Saying(who, "said", match.start(), match.end(), (start, end)))
    taken = [s.start for s in found]
    for match in islice(_VERB.finditer(text, start, end), MOST):
        if any(s.start <= match.start() <= s.end for s in found):
            continue
        saying = _said(text, start, end, match)
        if saying and saying.start not in taken:
            found.append(saying)
    citing = _CITING.search(text, start, end)
    if citing and found:
        cited = _source(citing.group("who"))
        nearest = min(found, key=lambda s: abs(s.end - citing.start()))
        if cited:
            told = f"{nearest.source}, citing {_with_article(cited, citing.group('who'))}"
            found[found.index(nearest)] = replace(nearest, source=told)
    elif citing:
        cited = _source(citing.group("who"))
        if cited:
            found.append(_Saying(cited, "reported", citing.start(), citing.end(), (start, end)))
    return _bounded(sorted(found, key=lambda saying: saying.start))


def _bounded(found: list[_Saying]) -> list[_Saying]:
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


def _said(text: str, start: int, end: int, match: re.Match[str]) -> _Saying | None:
    verb = match.group("verb").lower()
    after = text[match.end() : min(end, match.end() + LONGEST_SOURCE + 20)]
    before = text[max(start, match.start() - LONGEST_SOURCE - 60) : match.start()]
    closing = re.search(r"[,”\"]\s*\Z", before)
    if closing and verb in ("said", "says", "reported", "reports", "announced", "added", "told", "wrote", "confirmed"):
        who = _source(re.split(r"[.,;]|\s+(?:in|on|at|during|after|while|to|told)\s", after.strip(), maxsplit=1)[0])
        if who and not re.match(r"\s*(?:that|on|in|the\s+same|it|he|she|they)\b", after):
            return _Saying(
                who, verb, match.start(), match.end() + len(after.split(who)[0]) + len(who), (start, match.start())
            )
    subject = _before(text, start, match.start())
    who = _source(subject)
    if not who:
        return None
    begin = text.rfind(who.split(", citing")[0][:30], start, match.start())
    begin = begin if begin >= 0 else match.start()
    rest = after.lstrip()
    mid = re.match(
        r"(?:\s+(?:on|late|early|in|to|at|officially|also|earlier|this|last)\b[^,.;]{0,60})?\s*[.;\"”]?\s*\Z|^\s*(?:[.,;]|(?:on|late|early|in\s+an?|to)\s[^,.;]{0,60}[.,;])",
        after,
    )
    if begin > start + 8 and _comma_before(text, start, begin) and (mid or not rest or match.end() >= end - 2):
        return _Saying(who, verb, begin, match.end(), (start, begin))
    if re.match(r"\s*(?:by|to\s+have)\b", after) or (
        verb in ("report", "claim", "claims", "reports", "states", "say") and not _plural_or_proper(who)
    ):
        return None
    return _Saying(who, verb, begin, match.end(), (match.end(), _clause_end(text, match.end(), end)))


def _plural_or_proper(who: str) -> bool:
    return len(who) > 1


def _clause_end(text: str, at: int, end: int) -> int:
    found = _CLAUSE_END.search(text, at, end)
    return found.start() if found else end


def _comma_before(text: str, start: int, at: int) -> bool:
    return bool(re.search(r"[,”\"]\s*(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,6}\Z", text[max(start, at - 60) : at]))


def _before(text: str, start: int, at: int) -> str:
    """The noun phrase that ends at ``at``: back to the last mark or conjunction that opens a clause."""
    piece = text[max(start, at - LONGEST_SOURCE - 60) : at]
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


def _source(told: str) -> str | None:
    """``told`` as the name of a source: without lead-ins, descriptors, dates and what it cites; None if it is none."""
    who = " ".join(told.strip(" ,.;:—–-“”\"'").split())
    who = _LEAD.sub("", who)
    who = _DATA.sub("", who)
    who = _TAIL.sub("", who)
    who = _NATION.sub("", who)
    who = _DESCRIPTOR.sub("", who)
    who = re.sub(
        r"^(?:Eyewitnesses|Witnesses|Officials|Residents|Police|Authorities|Local|State|Government|Medics|Doctors|Rebels|Activists|Survivors)\b",
        lambda m: m.group().lower(),
        who,
    )
    if not who or len(who) > LONGEST_SOURCE or _NOT_SOURCE.search(who) or not re.search(r"[^\W\d_]", who):
        return None
    return who
