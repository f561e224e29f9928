"""Who acts and who is acted upon: forces, units, organisations, authorities and crowds, as a text names them.

Organisations come from a table (``actors.toml``); the rest from what news English builds such names with: an ordinal and
a unit ("5th Tank Brigade"), a nationality or place and a force ("Sudanese army"), an office and a name ("President X"),
and plain nouns for people who act ("protesters", "gunmen").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mapgen.events.numbers import ORDINAL
from mapgen.model import Place


@dataclass(frozen=True, slots=True)
class ActorMention:
    """``text[start:end]`` names an actor.

    ``canonical`` is the table's name where it knows the actor, else the name as told.  ``role``: subject (it does),
    object (it is done to) or None.  ``is_force``: armed, in uniform or not.
    """

    start: int
    end: int
    name: str
    canonical: str
    role: str | None = None
    is_force: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    pattern: re.Pattern[str]
    names: dict[str, tuple[str, bool]]  # folded surface ─► canonical name, whether armed


_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŠŽĐİ][\w’'-]*"
_MODIFIER = rf"(?:(?:{_NAME}|[Aa]rmed|[Rr]iot|[Ss]ecurity|[Ss]pecial|[Ll]ocal|[Mm]ilitary|[Nn]ational|[Bb]order|[Gg]overnment|[Rr]ebel|[Pp]ro-\w+|[Aa]nti-\w+|[Ss]uspected|[Uu]nidentified|[Mm]asked|[Ss]tate|[Ff]ederal|[Rr]egional|[Tt]raffic|[Ss]ecret|[Pp]aramilitary|[Oo]pposition|[Aa]irborne|[Gg]round|[Nn]aval|[Pp]eacekeeping|[Ll]oyalist|[Cc]oalition|[Ii]nternational|[Ii]slamist|[Ss]eparatist|[Jj]ihadist|[Tt]ribal|[Aa]llied|[Ss]uicide|[Pp]eaceful|[Aa]nti|[Aa]ngry|[Ss]tudent)\s+)"
_FORCES = (
    r"(?:army|armies|military|troops|soldiers|forces|police|policemen|navy|air\s+force|air\s+forces|armed\s+forces|security\s+forces|"
    r"special\s+forces|coast\s+guard|border\s+guards?|national\s+guard|gendarmerie|gendarmes|paratroopers|marines|peacekeepers|"
    r"militias?|militants|rebels|fighters|insurgents|separatists|gunmen|guerrillas|mercenaries|jihadists|terrorists|warplanes|"
    r"commandos|paramilitaries|law\s+enforcement|units|contingents?|police\s+officers|officers|servicemen|militiamen|bandits|"
    r"suicide\s+bombers?|attackers|assailants)"
)
_CROWDS = (
    r"(?:protesters|protestors|demonstrators|rioters|crowds|marchers|activists|students|workers|residents|looters|strikers|"
    r"supporters|villagers|migrants|refugees|civilians|opposition|youths|farmers|teachers|prisoners|inmates|settlers|mob|vigilantes|banks)"
)
_BODIES = (
    r"(?:government|authorities|parliament|ministry|cabinet|junta|regime|officials|administration|coalition|alliance|"
    r"president|prime\s+minister|telecoms)"
)
_OFFICE = (
    r"(?:President|Prime\s+Minister|Chancellor|Premier|King|Queen|Emir|Sultan|(?:Foreign|Defen[cs]e|Interior|Finance|Health|"
    r"Justice|Information)\s+Minister|Secretary[-\s]General|Governor|Mayor|General|Gen\.|Colonel|Col\.|Major|Maj\.|Admiral|Adm\.|Commander|"
    r"Lieutenant|Lt\.|Captain|Capt\.|Senator|Ambassador|Vice\s+President|Speaker|Ayatollah|Sheikh|Marshal|Brig\.|Minister)"
)
_UNIT = (
    r"(?:Army|Corps|Division|Brigade|Regiment|Battalion|Company|Squadron|Fleet|Flotilla|Wing|Battery|Platoon|"
    r"army|corps|division|brigade|regiment|battalion|squadron|fleet|wing|battery)"
)
_PLAIN = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<unit>(?:the\s+)?(?:{_NAME}[’']s?\s+)?(?:{ORDINAL}|\d{{1,3}}|[IVXL]{{1,6}})\s+(?:(?:{_NAME}|guards?|engineering|tank|motori[sz]ed|mechani[sz]ed|"
    rf"infantry|airborne|armou?red|rifle|marine|naval|assault|mountain|artillery|separate|special|operations|air|missile|parachute|"
    rf"cavalry|border|territorial|defen[cs]e|brigade|combat|logistics|signals?)\s+){{0,4}}{_UNIT}(?:\s+unit)?)|"
    rf"(?P<office>(?:{_NAME}\s+)?{_OFFICE}\s+{_NAME}(?:\s+(?:(?:al|el|bin|ben|de|da|van|von|der|del|la|ibn)[\s-])?{_NAME}){{0,3}})|"
    rf"(?P<body>(?:(?:the\s+)?{_NAME}[’']s?\s+|(?:the\s+)?{_NAME}\s+){{1,2}}(?:{_NAME}\s+){{0,2}}(?:Ministry|Council|Committee|Army|Navy|Guard|Police|Forces|Force|"
    rf"Government|Parliament|Commission|Union|Bank|Party|Front|Movement|Organi[sz]ation|Agency|Service|Command|Court)(?:\s+of\s+(?:the\s+)?{_NAME}(?:\s+{_NAME})?)?)|"
    rf"(?P<force>(?:the\s+)?{_MODIFIER}{{0,4}}{_FORCES})|"
    rf"(?P<crowd>(?:the\s+)?{_MODIFIER}{{0,3}}{_CROWDS})|"
    rf"(?P<authority>(?:the\s+)?{_MODIFIER}{{1,3}}{_BODIES}|(?:the\s+)?(?:government|authorities|junta)|State\s+officials|state\s+officials)"
    r")(?![\w-])"
)
_ARTICLE = re.compile(r"^(?:the|The)\s+")
_DOES = re.compile(
    r"(?:\s*,[^,]{0,60},)?\s+(?:(?:also|then|have|has|had|later|reportedly|allegedly|will|are|is|were|was|on\s+\w+day)\s+){0,3}"
    r"(?:kill|storm|attack|seiz|captur|arrest|detain|fir|open|launch|shell|bomb|struck|strik|deploy|send|sent|drove|driv|clash|"
    r"march|gather|protest|block|burn|loot|ambush|advance|retreat|withdr|destroy|shot|shoot|raid|declar|impos|order|ban|"
    r"evacuat|pull|mov|enter|left|took|tak|storm|disable|suspend|use|intercept|regain|retook|retak|push|conduct|carr|set|hurl|throw|threw|fought|fight|abduct|kidnap)\w*",
)
_DONE_BY = re.compile(r"\b(?:by|between|from)\s+(?:(?:\w+\s+){0,2})\Z")
_DONE_TO = re.compile(
    r"\b(?:kill|attack|arrest|detain|ambush|shell|bomb|target|against|disperse|hit|strike|struck|on|at|drove|driv|captur|abduct|kidnap|wound|"
    r"injur|fight|fought|battl)(?:s|ed|ing|es|led|t)?\s+(?:(?:the|a|an|\d+|\w+teen|of|some|dozens|hundreds|scores|several|at\s+least|eight|two|three|four|five|six|seven|nine|ten)\s+){0,4}\Z"
)
_SUFFERS = re.compile(r"\s+(?:who\s+)?(?:was|were|had\s+been|have\s+been|has\s+been|are|is)\s+(?:\w+ly\s+)?(?:killed|injured|wounded|arrested|detained|attacked|ambushed|shot|abducted|kidnapped|captured|dispersed|hit|targeted|removed|beaten)\b")


def find_actors(text: str, start: int, end: int, places: Sequence[Place] = ()) -> list[ActorMention]:
    """The actors named in ``text[start:end]``, in text order, without overlaps; subjects and objects marked.

    ``places`` are resolved places of the stretch; one that stands for its government ("Moscow") or that a sentence
    opens with as doer counts as an actor.
    """
    spans: list[tuple[int, int, str, bool]] = []
    table = _table()
    for match in table.pattern.finditer(text, start, end):
        canonical, armed = table.names[_folded(match.group())]
        spans.append((match.start(), match.end(), canonical, armed))
    for match in _PLAIN.finditer(text, start, end):
        begin = match.start() + (len(found.group()) if (found := _ARTICLE.match(match.group())) else 0)
        if not any(s < match.end() and begin < e for s, e, _, _ in spans):
            spans.append((begin, match.end(), " ".join(text[begin : match.end()].split()), match.lastgroup in ("unit", "force")))
        else:
            _widen(spans, text, begin, match)
    for place in places:
        if place.start is None or place.end is None or not start <= place.start < place.end <= end:
            continue
        acts = place.kind == "metonym" or (place.granularity == "country" and _DOES.match(text, place.end, end))
        if acts and not any(s < place.end and place.start < e for s, e, _, _ in spans):
            spans.append((place.start, place.end, place.name, False))
    return [
        ActorMention(s, e, " ".join(text[s:e].split()), canonical, _role(text, start, end, s, e), armed)
        for s, e, canonical, armed in sorted(spans)
    ]


def _widen(spans: list[tuple[int, int, str, bool]], text: str, begin: int, match: re.Match[str]) -> None:
    """A known name inside a longer one ("NATO forces", "Hamas militants") gives way to the longer."""
    inside = [i for i, (s, e, _, _) in enumerate(spans) if begin <= s and e <= match.end()]
    if len(inside) == 1 and match.lastgroup in ("force", "unit", "crowd") and (begin, match.end()) != spans[inside[0]][:2]:
        spans[inside[0]] = (begin, match.end(), spans[inside[0]][2], True)


def _role(text: str, start: int, end: int, at: int, to: int) -> str | None:
    left = text[max(start, at - 60) : at]
    if _SUFFERS.match(text, to, end) or _DONE_TO.search(left):
        return "object"
    if _DOES.match(text, to, end) or _DONE_BY.search(left):
        return "subject"
    return None


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[’‘`]", "'", name).replace("-", " ").split()).casefold()


@cache
def _table() -> _Table:
    rows = tomllib.loads(resources.files("mapgen.events").joinpath("actors.toml").read_text(encoding="utf-8"))
    names: dict[str, tuple[str, bool]] = {}
    surfaces: list[str] = []
    for section, armed in (("armed", True), ("civil", False)):
        for canonical, others in rows[section].items():
            for surface in (canonical, *others):
                names.setdefault(_folded(surface), (canonical, armed))
                surfaces.append(surface)
    parts = sorted(set(surfaces), key=lambda s: (-len(s), s))
    loose = [re.sub(r"(?:\\ |\\-)", r"[\\s-]+", re.escape(part)).replace("'", "[’']") for part in parts]
    return _Table(re.compile(rf"(?<![\w-])(?:{'|'.join(loose)})(?![\w])"), names)
