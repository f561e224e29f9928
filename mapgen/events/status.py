"""Who says so, and how sure it is: confirmed, reported, planned or denied.

Confirmed is what the text tells as fact and what a body says of its own acts; reported is what media, witnesses,
unnamed sources or one party say of others; planned lies ahead; denied is rejected by somebody named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.events.lowered import caseless, lowered
from mapgen.events.sources import Saying, find_sayings, source_name, subject_before

NEAR = 70  # characters between an event's word and a cue ("allegedly", "will") that speaks of it


@dataclass(frozen=True, slots=True)
class Judgement:
    """``status`` is one of model.STATUSES; ``attribution`` is who says so, as told, or None for the text itself.

    ``cue_start`` and ``cue_end`` are the offsets of the words that decided, equal where none did.
    """

    status: str
    attribution: str | None
    cue_start: int
    cue_end: int


_REPORTS = re.compile(
    r"\b(?:(?:have|has|had)\s+(?:also\s+)?been\s+reported|(?:were|was|is|are)\s+(?:also\s+)?reported(?!\s+by)|"
    r"[Rr]eports\s+have\s+emerged|[Tt]here\s+(?:are|were|have\s+been)\s+(?:also\s+)?(?:\w+\s+){0,2}reports|"
    r"[Rr]eports\s+(?:of|that|say)|amid\s+reports|[Uu]nconfirmed\s+reports?|[Ss]ome\s+(?:news\s+)?reports\s+say)\b"
)
_HEARSAY = caseless(
    r"\b(?:reportedly|allegedly|purportedly|apparently|supposedly|(?:is|are|was|were)\s+(?:believed|thought|said|"
    r"reported|understood|rumou?red)\s+to|unconfirmed|claims?\s+(?:that|to))\b",
)
_DENIED = caseless(
    r"\b(?:den(?:y|ies|ied|ying)\s+(?!(?:access|entry|bail|visas?|permission|the\s+opportunity)\b)|(?:reject|dismiss|"
    r"refut|rebuff)(?:s|ed|es|ing)\s+(?:\w+\s+){0,2}"
    r"(?:reports?|claims?|allegations?|accusations?|charges?|suggestions?|that)\b|(?:is|are|was|were)\s+denied\s+by)",
)
_PLANNED = caseless(
    r"\b(?:will(?!ing)|shall|(?:is|are|was|were|’s|'s)\s+(?:also\s+|now\s+|reportedly\s+|currently\s+|"
    r"said\s+to\s+be\s+)?(?:planning|preparing|going|set|due|scheduled|expected|poised|"
    r"ready|slated|planned|getting\s+ready|about)\s+to|plans?\s+(?:to|for)|planned\s+(?:to|for)|intends?\s+to|"
    r"intended\s+to|prepar(?:es?|ed|ing)\s+to|in\s+preparation\s+(?:to|for)|scheduled\s+(?:for|to)|"
    r"would\s+(?!have|not|be\s+able|like|rather|seem|appear|mean)(?:be\s+)?\w+\b|agree[ds]?\s+(?:for\b|to\b(?!\s+(?:an?|the)\b))|(?:decid(?:ed|es)|"
    r"vow(?:s|ed)|pledg(?:ed|es)|promis(?:ed|es)|threaten(?:s|ed)|"
    r"call(?:s|ed))\s+(?:to|for)\b|upcoming|(?:is|are|was|were)\s+due\s+(?:in|at)\b|(?:is|are|was|were)\s+to\s+(?!be\s+(?:seen|found|blamed))\w+|ahead\s+of\s+planned|due\s+to\s+(?:begin|"
    r"start|arrive|meet|take)|(?:is|are)\s+expected\s+(?:in|at|on|back|this|next)|(?:called|recalled|summoned|set|scheduled|"
    r"fixed|convened)\s+for\s+(?:next\s+)?(?:\w+day|tomorrow|\d)|[’']ll)\b",
)
_TO_COME = re.compile(
    r"will|shall|would\s+(?:be|start|begin|take|resume|last)|(?:is|are|was|were)\s+(?:\w+\s+)?(?:going|set|due|scheduled|"
    r"expected|planned|to)\b",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"\b\w{2,}ed\b(?!\s+by\b)|[;:]|\b(?:who|which|that|was|were|has|have|had|is|are|said|says|where|when|but|though|although|while|kills|injures)\b|\band\s*\Z"
)
_NEXT_CLAUSE = re.compile(
    r";|,\s+(?:but|after|while|which|who|has|have|had|was|were|is|are)\b|\b(?:said|because)\b|"
    r"\b(?:days?|hours?|weeks?)\s+after\b"
)
_NEXT_MAIN = re.compile(r";|,\s+(?:and|but|while)\b")
_FIRM = re.compile(r"confirm|announc|declar|acknowledg|admit|explain")
_CLAIMS = re.compile(r"claim|alleg|accus|believ|suspect|estimat")

_BACK = re.compile(
    r"(?:^|\b)(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts?)\s+(?:\w+\s+)?(?:outlet|agency|newspaper|paper|channel|broadcaster|"
    r"report|site|website|organi[sz]ation|group|ministry|statement|official|minister|spokes\w+|president|police)\Z|"
    r"^(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\Z"
)
_MEDIA = re.compile(
    r"\b(?:agency|agencies|newspaper|daily|outlet|media|broadcaster|television|TV|radio|channel|website|portal|news|"
    r"press|journalists?|"
    r"correspondents?|reporters?|footage|videos?|images|reports|Reuters|AFP|AP|TASS|Interfax|RIA|Xinhua|BBC|CNN|"
    r"Al[\s-]Jazeera|SANA|IRNA|Anadolu|"
    r"Agence\s+France-Presse|Associated\s+Press|Times|Post|Herald|Guardian|Tribune|Gazette)\b",
)
_WITNESS = re.compile(
    r"\b(?:eye-?)?witness(?:es)?\b|\b(?:residents?|locals?|villagers?|activists?|monitors?|observatory|sources?|"
    r"survivors?|neighbou?rs|"
    r"opposition|campaigners|analysts?|diplomats?|people\s+familiar|doctors?|medics?|hospital|lawyers?|organi[sz]ers|"
    r"rights|watchdog|"
    r"rebels?|militants?|separatists?|insurgents?|Human\s+Rights)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:police|ministry|ministers?|government|president|presidency|army|military|officials?|authorit(?:y|ies)|"
    r"spokes\w+|"
    r"governor|mayor|bank|commission|council|parliament|court|prosecutors?|agency|department|office|forces?|command|"
    r"commander|general|Gen|Col|Maj|"
    r"Lt|chief|service|secretary|bureau|organi[sz]ation|union|bloc|alliance|coast\s+guard|navy|air\s+force|troops|"
    r"notices?|decree|kremlin|pentagon|"
    r"white\s+house|nato|un|envoy|group|company|premier|chancellor|king|leader)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:it|they|he|she|we|I|its|their|his|her|our|officers?|security\s+forces|police|authorities|troops|"
    r"the\s+army|military|units)\b"
)
_ACTS = re.compile(
    r"\b(?:arrest|detain|charg|seiz|impos|clos|deploy|suspend|evacuat|releas|bann|order|lift|extend|declar|restor|"
    r"reopen|"
    r"withdr[ae]wn?|mobili[sz]|dispers|rescu|shut|halt|cancel|dispatch|expel|recall|scrambl|evict)\w*\b",
    re.IGNORECASE,
)
_PAPER = re.compile(r"\b(?:gazette|decree|notices?|order|court\s+documents?|indictment|communiqu[ée])\b", re.IGNORECASE)
_ENEMY = re.compile(
    r"\b(?:Russian|Ukrainian|Israeli|Palestinian|enemy|terrorists?|militants?|rebels?|insurgents?|jihadists?|"
    r"protesters|demonstrators|gunmen|attackers?|opposition)\b"
)


def judge(
    text: str, start: int, end: int, previous_attribution: str | None = None, head: int | None = None
) -> Judgement:
    """How sure ``text[start:end]`` (a sentence or clause) tells its event, and who says so.

    ``head`` is the offset of the word that tells the event, where the sentence tells several.  ``previous_attribution``
    is the last source that the text named: "the outlet also said" goes back to it.
    """
    sayings = find_sayings(text, start, end)
    saying = _nearest(sayings, head)
    who = _resolved(saying, previous_attribution)
    small = lowered(text)
    denied = _DENIED.search(small, start, end)
    if denied and (head is None or head > denied.start()):
        subject = source_name(subject_before(text, start, denied.start()))
        return Judgement("denied", subject or who, denied.start(), denied.end())
    planned = _planned(text, start, end, head)
    if planned:
        return Judgement("planned", who, planned.start(), planned.end())
    vague = _REPORTS.search(text, start, end)
    if saying is None and vague and _near(vague, head):
        return Judgement("reported", "unspecified reports", vague.start(), vague.end())
    hearsay = _HEARSAY.search(small, start, end)
    if (
        hearsay
        and _near(hearsay, head)
        and not _apart(text, hearsay, head)
        and not (saying and _FIRM.match(saying.verb))
    ):
        return Judgement("reported", who, hearsay.start(), hearsay.end())
    if saying is None:
        return Judgement("confirmed", None, start, start)
    return Judgement(_status_of(saying, who or "", text), who, saying.start, saying.end)


def _near(cue: re.Match[str], head: int | None) -> bool:
    """Whether a cue stands near enough to the word that tells the event to speak of it."""
    return head is None or cue.start() - NEAR <= head <= cue.end() + NEAR


def _apart(text: str, cue: re.Match[str], head: int | None) -> bool:
    """Whether another main clause begins between a cue and the word that tells the event."""
    low, high = (cue.end(), head or 0) if head and head > cue.end() else (head or 0, cue.start())
    return head is not None and _NEXT_MAIN.search(text, low, max(low, high)) is not None


def _status_of(saying: Saying, who: str, text: str) -> str:
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
        own = _OWN.search(" ".join(words[:9])) or _ACTS.search(" ".join(words[:26]))
        if own and not _ENEMY.search(" ".join(words[:14])):
            return "confirmed"
    return "reported"


def _planned(text: str, start: int, end: int, head: int | None) -> re.Match[str] | None:
    """The words that put the event into the future, in its own clause and not too far off."""
    for found in _PLANNED.finditer(lowered(text), start, end):
        if head is None or _plans(text, found, head):
            return found
    return None


def _plans(text: str, found: re.Match[str], head: int) -> bool:
    """Whether the cue ``found`` speaks of the event whose word is at ``head``.

    Before it ("plans to send"), or behind it where it is the subject ("talks are due to start").
    """
    if head < found.start() - 4:
        between = text[head : found.start()]
        return len(between) <= NEAR + 30 and _TO_COME.match(found.group()) is not None and not _VERBAL.search(between)
    between = text[found.end() : max(found.end(), head)]
    return len(between) <= NEAR and not _NEXT_CLAUSE.search(between)


def _nearest(sayings: Sequence[Saying], head: int | None) -> Saying | None:
    if not sayings:
        return None
    if head is None:
        return sayings[0]
    holding = [s for s in sayings if s.content[0] <= head < s.content[1]]
    return (
        min(holding or sayings, key=lambda s: (s.content[1] - s.content[0], abs(s.start - head))) if holding else None
    )


def _resolved(saying: Saying | None, previous: str | None) -> str | None:
    if saying is None:
        return None
    if _BACK.search(saying.source.split(", citing")[0]):
        return previous or (None if re.fullmatch(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)", saying.source) else saying.source)
    return saying.source
