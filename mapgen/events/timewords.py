"""The patterns of time expressions in news English, the longer reading first.

Patterns are written with plain spaces, each of which stands for any white space.  Named groups are what the readers in
``when.py`` and ``periods.py`` take.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapgen.events.calendar import DAY_MONTH, FEASTS, MONTH, SEASONS, WEEKDAY, YEAR
from mapgen.events.lowered import any_of
from mapgen.events.numbers import NUMBER, ORDINAL


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression; ``anchored`` where it is read against the narrative instead of the calendar."""

    kind: str
    pattern: re.Pattern[str]
    anchored: bool


_PART = (
    r"(?:(?:early|late|mid|pre)?-?\s?(?:morning|afternoon|evening|night|dawn|midnight|noon|midday|daybreak|dusk|"
    r"sunrise|"
    r"sunset|nightfall|lunchtime|predawn|overnight)s?(?: hours)?)"
)
# "late on", "in the early hours of", "on the night of"
_LEAD = (
    r"(?:(?:(?i:very )?(?i:early|later?|earlier|mid)(?:-| )(?:on )?(?:in the )?)?"
    r"(?:(?:(?i:in|during|on|by|before|at|until) )?(?:the )?(?:(?:first|small|wee|early|late|pre-?dawn) )?"
    rf"(?:hours|{_PART}) (?:(?:of|on|between|from) )?)?(?:(?i:on) )?(?:the )?)"
)
_TAIL = rf"(?:,? {_PART}(?!\w))?"
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?\s?m\b\.?|hours\b|GMT\b|UTC\b)|\d{1,2}:\d{2}(?!\d)|(?:noon|midnight)\b)"
    r"(?: (?:local time|GMT|UTC|ET|EST|EDT|CET|BST|IST|\w+ time(?=\W)|\(\d{4}\s?GMT\)))?"
)
_AT = rf"(?:(?i:at )?(?:(?i:around|about|by|at|shortly (?:before|after)) )?{_CLOCK},? )?"
_TO = r"(?:\s*[-–—/]\s*| (?:to|and|through|until|till|or) )"
_UNIT = r"(?:minute|hour|day|night|week|weekend|fortnight|month|year|decade)"
_COUNT = rf"(?i:{NUMBER}|an?|several|a few|few|some|many|a couple of|a number of|couple of|recent|coming)"
_DATE = (
    rf"(?:(?:(?:(?i:next|last|this) )?{WEEKDAY},? (?:the )?)?{DAY_MONTH}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})"
)
_BOUND = r"(?P<bound>(?i:since|until|till|from|as of|by|before|after|starting|beginning)) "
_NARROW = (
    r"(?:(?i:early|late|mid|earlier|later)(?:-| )(?:in )?|"
    r"(?:the )?(?:start|beginning|middle|end|(?:first|second|third|last) week) of )"
)
_NTH = r"(?:st|nd|rd|th)?"

_TABLE = (
    # name, kind, read against the narrative, pattern
    ("span_dates", "range", False,
     rf"(?:(?i:between|from) )?{_LEAD}(?:(?i:between|from) )?(?P<dates>"
     rf"\d{{1,2}}{_NTH}{_TO}\d{{1,2}}{_NTH} (?:of )?{MONTH}(?:,? {YEAR})?|"
     rf"{MONTH} \d{{1,2}}{_NTH}{_TO}\d{{1,2}}{_NTH}(?![\d:])(?:,? {YEAR})?|"
     rf"{DAY_MONTH}{_TO}(?:the )?{DAY_MONTH})"),
    ("span_weekdays", "range", False,
     rf"(?:(?i:between|from|on|overnight|overnight from|overnight between) )?{_LEAD}(?P<a>{WEEKDAY}){_TAIL}"
     rf"(?:{_TO}| into )(?:(?:on|early|late) )?(?P<b>{WEEKDAY}){_TAIL}"),
    ("date", "date", False, rf"(?:{_BOUND})?{_AT}{_LEAD}(?:(?i:overnight) )?(?P<date>{_DATE}){_TAIL}"),
    ("weekday", "weekday", False,
     rf"(?:{_BOUND})?{_AT}{_LEAD}(?:(?i:overnight) (?:on |into )?)?"
     r"(?:(?P<which>(?i:last|next|this|the following|the previous|past|coming|previous|following)) )?"
     rf"(?P<weekday>{WEEKDAY})(?:(?: of)? (?P<week>(?:last|next|this|the previous|the following) week))?{_TAIL}"),
    ("span_months", "period", False,
     rf"(?i:from|between) (?P<a>{MONTH}) (?:to|and|until|through) (?P<b>{MONTH})"
     rf"(?:,? (?:of )?(?P<year>{YEAR}))?(?! \d)"),
    ("month", "period", False,
     r"(?:(?P<bound>(?i:since|until|by|from|in|during|of|back in|through)) )?"
     rf"(?P<narrow>{_NARROW})?(?:(?P<which>(?i:last|next|this|past)) )?(?P<month>{MONTH})"
     rf"(?:,? (?:of )?(?P<year>{YEAR}))?(?!\s+\d|[’']s)"),
    ("season", "period", False,
     rf"(?:(?i:since|in|during|by|over) )?(?:the )?(?P<narrow>{_NARROW})?(?:(?P<which>(?i:last|next|this|the)) )?"
     rf"(?P<season>{SEASONS})(?: (?:of )?(?P<year>{YEAR}))?"),
    ("year", "period", False,
     rf"(?P<bound>(?i:since|in|from|by|during|until|of|back in)) (?:the year )?(?P<narrow>{_NARROW})?(?P<year>{YEAR})"
     rf"(?:(?:\s*[-–—]\s*| (?:to|and|until|through) )(?P<until>{YEAR}))?"
     r"(?!\d|,\d|-|\s+(?:people|protesters|troops|soldiers|homes|workers))"),
    ("feast", "date", False, rf"(?:(?i:on) )?(?P<feast>{FEASTS})(?:,? (?P<year>{YEAR}))?"),
    ("shifted", "relative", False,
     r"(?:(?i:late|early|since) )?(?:(?i:the day before yesterday|the day after tomorrow)|"
     rf"(?i:yesterday|tomorrow){_TAIL}|(?i:last night|last evening))"),
    ("overnight", "relative", True, rf"(?i:overnight)(?!-)(?: (?:(?:on|into|to) )?(?P<weekday>{WEEKDAY}))?"),
    ("today", "relative", False, rf"(?:(?i:later?|early|earlier|as of|since) )?(?i:today|tonight|this {_PART})"),
    ("recent", "period", False,
     r"(?i:over|in|during|within|for|throughout) (?:the )?(?:past|last|previous|next|coming|recent) "
     rf"(?:(?P<count>{_COUNT}) )?(?P<unit>{_UNIT}s?)"),
    ("period", "period", False,
     rf"(?:(?i:in|over|during|at|on|since|from|until|by|throughout) )?(?P<narrow>{_NARROW})?"
     r"(?:the )?(?P<which>(?i:last|this|next|past|previous|coming)) (?P<unit>week(?:end)?|month|year|fortnight)(?!\w|"
     r"-)"),
    ("weekend", "period", False,
     r"(?P<narrow>(?!))?(?P<which>(?!))?(?i:over|at|during|on|for) the (?P<unit>weekend)(?!\w|-)"),
    ("ago", "relative", False, rf"(?:(?P<count>{_COUNT}) )?(?P<unit>(?i:{_UNIT})s?) ago"),
    ("later", "relative", True,
     rf"(?:(?P<count>{_COUNT}) )?(?P<unit>(?i:{_UNIT})s?) "
     r"(?P<way>later|earlier|before(?=[,.;]|\s*\Z)|afterwards?|previously|prior(?=[,.;]))"),
    ("adjacent", "relative", True,
     r"(?:(?i:on|late|early|later) )?(?i:the (?:very )?(?:next|following|previous|preceding|same)|that(?: same)?|next) "
     r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)(?!s|-)"),
    ("day_before", "relative", True,
     r"(?:(?i:on) )?(?i:the) (?P<unit>day|night|evening|week|month|year) (?:before|after|earlier|prior)"
     r"(?=[,.;]|\s*\Z|\s+(?:and|in|at|when|that)\b)"),
    ("earlier", "relative", True,
     r"(?i:earlier|later) (?:in the|that|the same) (?P<unit>day|evening|night|morning|afternoon)"),
    ("run", "run", False,
     rf"(?i:for|on|into|an?|its|their|the) (?:(?:the|a|its|their) )?(?P<nth>{ORDINAL}) (?:(?:consecutive|straight|"
     r"successive) )?(?:day|night|week)(?: (?:in a row|running))?(?!s)"),
    ("clock", "part", True,
     r"(?:(?i:at|around|about|shortly before|shortly after|by|before|after|from|since|just before|just after|until) )"
     rf"(?:(?:about|around) )?{_CLOCK}"),
    ("part", "part", True,
     r"(?i:in|during|by|before|at|after|around|since|until|through|on) (?:the )?"
     rf"(?:(?:early|late|pre-?dawn|small|wee|first) )?(?:hours(?=\s+of\s+the|[,.;])|{_PART})"
     r"(?!\w|-|\s+(?:market|club|school|shift))"),
)  # fmt: skip


# what every expression has in it: found first, so that only the words around it are read with care
CORE = re.compile(
    r"\d(?::\d\d|\d\d\d|\s?[ap]\.?m|\.\d)|\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    rf"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun|Eve|Easter)\b|{MONTH}|(?:"
    + any_of(
        (
            "yesterday today tonight tomorrow overnight minutes? hours? days? nights? weeks? weekends? fortnights? "
            "months? years? decades? morning afternoon evening dawn predawn midnight noon midday daybreak dusk "
            "sunrise sunset nightfall lunchtime spring summer autumn winter fall"
        ).split(),
        either_case=True,
    )
    + r")\b)"
)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


# the words that an expression may open with, so that the rules are tried nowhere else
_FIRST = (
    r"\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|New |Christmas|Boxing|"
    r"Valentine|"
    r"Good|Easter)|(?:"
    + any_of(
        (
            "in during on by before at until till since from as after starting beginning between early late later "
            "earlier mid very the that this last next past coming previous following yesterday tomorrow today tonight "
            "overnight over within for throughout around about shortly just into a an its their back through of "
            "spring summer autumn winter fall first small morning afternoon evening night dawn midnight noon midday "
            "predawn pre-dawn hours hour days day weeks week weekend months month years year decades decade minutes "
            "minute nights fortnight several few some many couple one two three four five six seven eight nine ten "
            "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
            "sixty seventy eighty ninety start end middle mid-day sunrise sunset nightfall recent"
        ).split(),
        either_case=True,
    )
    + r")\b"
)
RULES = {name: Rule(kind, re.compile(_spaced(pattern)), anchored) for name, kind, anchored, pattern in _TABLE}
ANY = re.compile(
    rf"(?<![\w$€£#.-])(?={_spaced(_FIRST)})(?:"
    + "|".join(f"(?P<{name}>{re.sub(r'[?]P<[a-z_]+>', '?:', _spaced(pattern))})" for name, _, _, pattern in _TABLE)
    + r")(?!\w)"
)
FULL_DATE = re.compile(
    _spaced(
        rf"(?<!\w)(?P<date>(?:{WEEKDAY},? )?(?:{MONTH} \d{{1,2}}{_NTH},? {YEAR}|"
        rf"\d{{1,2}}{_NTH} (?:of )?{MONTH},? {YEAR}|\d{{4}}-\d{{2}}-\d{{2}}))(?!\w)"
    )
)
# names that hold a weekday or month: "Bloody Sunday", "the Sunday Times", "May said"
NAME_BEFORE = re.compile(r"\b(?:Bloody|Black|Super|Palm|Ash|Cyber|Good|Theresa|Brian)\s+\Z")
NAME_AFTER = re.compile(
    r"\s+(?:Times|Telegraph|Mail|Mirror|Express|Herald|Night\s+Live|World|Star|Sun|School|Club|Movement|Agreement)\b"
)

_AHEAD = (
    r"\b(?:will|shall|would|won[’']t|[’']ll|scheduled|due (?:to|on|in|by)|expected|set (?:to|for)|"
    r"planned|plans? to|planning|going|intends?|upcoming|prepar(?:es?|ing)|postponed|next|deadline|slated|"
    r"hopes?|vowed|until|calls? for|"
    r"called for|goes into|is to|are to|was to|were to|ahead of|takes? effect|comes? into (?:force|effect)|"
    r"(?:begin|start|open|end|resume)s (?:on|in|at)|expires?)\b"
)
AHEAD = re.compile(
    _spaced(_AHEAD) + r"|\b(?:begins|starts|opens|ends|resumes|cancel\w+|call(?:s|ed)? off)\s+\Z|"
    r"\b(?:called|recalled|convened|summoned)\b[^.,;]{0,40}\sfor\s+\Z"
)
TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|added|confirmed|stated|wrote|tweeted|declared|was|were|had|has|"
    r"have|"
    r"did|began|begun|killed|took|went|came|made|left|held|hit|fell|broke|\w{3,}ed)\b"
)
BEGAN = re.compile(r"\b(?:began|begun|started|since|erupted|broke\s+out|seized|founded|launched)\b[^,.;]{0,12}\Z")
