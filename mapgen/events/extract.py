"""A document and its places in, its events out: the reading of a text from its first sentence to its last."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence

from mapgen.events.actors import ActorMention, find_actors
from mapgen.events.anaphora import PRONOUN, REACH, with_actors
from mapgen.events.body import body, is_digest
from mapgen.events.classifier import fitness
from mapgen.events.confidence import confidence
from mapgen.events.dating import Story
from mapgen.events.detection import detected
from mapgen.events.detector import detector
from mapgen.events.figures import FigureMention, find_figures
from mapgen.events.focus import Focus, countries_of, main_country, sums_up
from mapgen.events.lexicon import Words, lexicon, words_in
from mapgen.events.likeness import agree
from mapgen.events.locating import locate
from mapgen.events.lowered import lowered
from mapgen.events.merge import merge
from mapgen.events.outcomes import COUNTING
from mapgen.events.retelling import names_incident, names_known
from mapgen.events.roles import Located, contains, read_links
from mapgen.events.sharing import VIOLENT, counts_apart, share, totals
from mapgen.events.sources import find_sayings
from mapgen.events.status import judge
from mapgen.events.telling import THRESHOLD, Telling, counted_telling, tellings
from mapgen.events.time import LEANING, TimeExpression, find_times
from mapgen.events.titles import compose
from mapgen.model import Claim, Document, Event, Figure, Place, Source
from mapgen.sentences import Span
from mapgen.taxonomy import group_of

OLDEST_DAYS = 365  # what ended longer before publication is background, not news
MOST_ACTORS = 4
_STAMP = re.compile(r"\d{1,2}[:.]\d{2}(?![\d%])(?:\s?(?:[ap]\.?m\.?|GMT))?")  # opens an entry of a live blog
_ITEM = re.compile(r"[-–—•*·‣◦]\s")
_ELABORATION = re.compile(
    r"(?:In particular|Specifically|These include|This includes?|They include|Among them|The (?:contingent|contingents|"
    r"force|forces|troops|units|convoy|delegation)\b[^.]{0,40}\b(?:include|includes|comprises?|consists? of|are from|"
    r"is made up of|made up of))\b"
)
_RECENT = 6  # how many events back a definite name ("the blast") may point


def extract_events(document: Document, places: Sequence[Place]) -> list[Event]:
    """The events that ``document`` tells, in text order, each with its quote and exact offsets.

    ``places`` are the document's resolved mentions.  An event that nothing locates has no places; one that nothing
    dates is dated to the publication, as approximate, or not at all.
    """
    reading = _Reading(document, sorted((p for p in places if p.start is not None), key=lambda p: (p.start, p.end)))
    return [event.identified() for event in merge(reading.events())]


class _Reading:
    """The state of one reading: what has been told so far, and what the next sentence may lean on."""

    def __init__(self, document: Document, places: Sequence[Place]) -> None:
        self.document, self.text = document, document.text
        self.places = places
        self.starts = [place.start or 0 for place in places]
        self.digest = is_digest(self.text)
        self.focus = Focus(countries=countries_of(places)) if self.digest else Focus.of(places)
        self.story = Story(self.text, document.published, self.digest)
        self.says: str | None = None  # who was last named as a source
        self.source = Source(document.title, document.url, document.publisher, document.published, document.doc_id)
        self.told: list[Event] = []
        self.item = 0  # how many events were told before this paragraph
        self.paragraph = -1
        self.read = 0  # where the last sentence ended
        self.before: list[tuple[int, int]] = []  # the last sentences, the nearest first

    def events(self) -> list[Event]:
        for sentence in body(self.text):
            if sentence.paragraph != self.paragraph:
                item = self.digest or _ITEM.match(self.text, sentence.start) is not None
                self.focus.enter(sentence.paragraph, item, _STAMP.match(self.text, sentence.start) is not None)
                if self.digest:
                    self._enter_item(sentence.start)
                self.item = len(self.told)
                self.before = [] if item else self.before
                self.story.enter(item)
            self._read(sentence, same_paragraph=sentence.paragraph == self.paragraph)
            self.before = [(sentence.start, sentence.end), *self.before][:REACH]
            self.read = sentence.end
            self.paragraph = sentence.paragraph
        return self.told

    def _enter_item(self, start: int) -> None:
        """An item of a day's digest begins: it leans on nothing but the topic line above it."""
        self.story.forget()
        if any(character.isalpha() for character in self.text[self.read : start]):
            named = [place for place in self._places(self.read, start) if place.kind != "embedded"]
            self.focus.topic = main_country(named) or (named[-1] if named else None)

    def _read(self, sentence: Span, same_paragraph: bool) -> None:
        start, end = sentence.start, sentence.end
        links = read_links(self.text, start, self._places(start, end))
        if same_paragraph and self.told and _ELABORATION.match(self.text, start):
            self._extend(sentence, links)
            return
        told = self._tellings(start, end)
        if not told and not COUNTING.search(lowered(self.text), start, end):
            self.focus.leave(links, (), self.text[start:end])
            return
        figures = find_figures(self.text, start, end)
        if not told and figures:
            telling = counted_telling(Words.of(self.text, start, end), start, end, figures)
            told = [telling] if telling else []
        if not told:
            self.focus.leave(links, (), self.text[start:end])
            return
        times = find_times(self.text, start, end, self.document.published, self._day_told(start, end))
        told = [
            telling
            for telling in told
            if not telling.again or self._stands_apart(telling, links, times) or counts_apart(telling, told, figures)
        ]
        if (
            len(told) == 1
            and (same_paragraph or not self.focus.alone)
            and self._adds_toll(sentence, told[0], times, figures)
        ):
            return
        if len(told) == 1 and self._retold(sentence, told[0], times, figures):
            return
        made = []
        for telling in told:
            event = self._event(telling, links, times, share(figures, telling, told))
            if event is not None:
                made.append(event)
        self.told += made
        places = next((event.places for event in reversed(made) if event.places), ())
        self.focus.leave(links, places, self.text[start:end])

    def _day_told(self, start: int, end: int) -> dt.date | None:
        """The day that the narrative stands at; for "the same day" that of a sentence before which tells nothing."""
        silent = self.before and not (self.told and (self.told[-1].quote_end or 0) > self.before[0][0])
        if not silent or not LEANING.search(self.text, start, end):
            return self.story.day
        published = self.document.published
        days = [
            time.when.start for time in find_times(self.text, *self.before[0], published, self.story.day)
            if time.when.start and time.when.precision == 1 and published and time.when.start <= published
        ]  # fmt: skip
        return days[-1] if days else self.story.day

    def _tellings(self, start: int, end: int) -> list[Telling]:
        pronoun = PRONOUN.search(self.text[start:end])
        present = words_in(self.text, start, end)
        opens = pronoun is not None or lexicon().opens(present)
        hinted = detector().opens(present)
        if not opens and not hinted:
            return []
        words = Words.of(self.text, start, end)
        told: list[Telling] = []
        if opens:
            if pronoun:
                words = with_actors(words, [Words.of(self.text, *span) for span in self.before])
            told = [telling for telling in tellings(words, start, end, fitness) if telling.score >= THRESHOLD]
        return told + detected(words, start, end, told) if hinted else told

    def _stands_apart(self, telling: Telling, links: list[Located], times: list[TimeExpression]) -> bool:
        """Whether the clause of a further telling has a day or a town of its own."""
        low, high = telling.clause_start, telling.clause_end
        dated = any(time.when.start and time.kind != "part" and low <= time.start < high for time in times)
        towns = [
            link
            for link in links
            if link.link in ("at", "to", "from", "object") and low <= (link.place.start or 0) < high
        ]
        return dated or any(link.place.granularity != "country" for link in towns)

    def _event(
        self, telling: Telling, links: list[Located], times: list[TimeExpression], figures: dict[str, Figure]
    ) -> Event | None:
        told = judge(self.text, telling.start, telling.end, self.says, telling.head)
        places = locate(telling, links, self.text, self.focus)
        when = self.story.date(telling, times, places, told.status == "planned")
        published = self.document.published
        if published and when.end and (published - when.end).days > OLDEST_DAYS:
            return None
        self.says = told.attribution or self.says
        if told.status != "planned":
            self.story.tell(telling, when, times, places)
        actors = find_actors(self.text, telling.clause_start, telling.clause_end, [link.place for link in links])
        return Event(
            event_type=telling.event_type,
            title=compose(self.text, telling, places),
            status=told.status,
            attribution=told.attribution,
            when=when,
            actors=tuple(dict.fromkeys(actor.name for actor in sorted(actors, key=_who_first)))[:MOST_ACTORS],
            figures=figures,
            places=places,
            quote=self.text[telling.start : telling.end],
            quote_start=telling.start,
            quote_end=telling.end,
            source=self.source,
            confidence=round(confidence(telling.score), 2),
        )

    def _places(self, start: int, end: int) -> Sequence[Place]:
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _extend(self, sentence: Span, links: list[Located]) -> None:
        """The last event told goes on: its quote grows, and it gains the places it lacked."""
        last = self.told[-1]
        places = list(last.places)
        origins = [link.place for link in links if link.link == "from"]
        if last.event_type == "troop_movement" and len(origins) > 1:
            goals = [place.at("destination") if place.role in ("site", "area") else place for place in places]
            places = [*goals, *(place.at("contingent-origin") for place in origins)]
        elif links and not any(_told_in(last, place) for place in places):
            fine = [
                link.place
                for link in links
                if link.link in ("at", "object", "to") and link.place.granularity != "country"
            ]
            places = [fine[0].at("site")] if fine else places
        self.told[-1] = self._grown(last, sentence, tuple(places), {})

    def _grown(self, event: Event, sentence: Span, places: tuple[Place, ...], figures: dict[str, Figure]) -> Event:
        return dataclasses.replace(
            event,
            places=places,
            figures={**figures, **event.figures},
            quote=self.text[event.quote_start : sentence.end],
            quote_end=sentence.end,
        )

    def _adds_toll(
        self, sentence: Span, telling: Telling, times: list[TimeExpression], figures: list[FigureMention]
    ) -> bool:
        """Whether the sentence only counts the victims of the attack told just before; if so, they are added to it."""
        if telling.event_type not in ("casualties", "arrests") or not self.told or not figures:
            return False
        if sums_up(lowered(self.text), sentence.start, sentence.end):
            return False
        last = self.told[-1]
        violent = last.event_type != "arrests" and group_of(last.event_type) in VIOLENT
        if last.event_type != telling.event_type and not (violent and telling.event_type == "casualties"):
            return False
        between = self.text[last.quote_end or 0 : sentence.start]
        if len(between) > 3 or between.count("\n") > 1 or last.figures.keys() & {mention.kind for mention in figures}:
            return False
        fresh = any(time.kind in ("date", "weekday", "relative") for time in times) or self._places(
            sentence.start, sentence.end
        )
        named = names_incident(self.text, sentence.start, sentence.end)
        if not named and (fresh or find_sayings(self.text, sentence.start, sentence.end)):
            return False
        self.told[-1] = self._grown(last, sentence, last.places, totals(figures))
        return True

    def _retold(
        self, sentence: Span, telling: Telling, times: list[TimeExpression], figures: list[FigureMention]
    ) -> bool:
        """Whether the sentence speaks of an event told before, as "the blast"; if so, it becomes a claim on it."""
        if not names_known(self.text, telling):
            return False
        recent = range(len(self.told) - 1, max(-1, len(self.told) - 1 - _RECENT), -1)
        if self.focus.alone:
            recent = range(len(self.told) - 1, self.item - 1, -1)
        index = next((i for i in recent if self.told[i].event_type == telling.event_type), None)
        if index is None:
            return False
        places = [p for p in self._places(sentence.start, sentence.end) if p.kind in ("toponym", "facility")]
        last = self.told[index]
        known = {place.name for place in last.places}
        new = [place for place in places if place.granularity != "country" and place.name not in known]
        finer = all(any(contains(place, found) for found in new) for place in last.places)
        if new and (not finer or group_of(telling.event_type) == "state_measures"):
            return False
        if any(time.when.precision == 1 and last.when.start and time.when.start != last.when.start for time in times):
            return False
        told = totals(figures)
        if any(kind in last.figures and not agree(last.figures[kind], told[kind]) for kind in told):
            return False
        quote = self.text[sentence.start : sentence.end]
        if new:
            links = read_links(self.text, sentence.start, self._places(sentence.start, sentence.end))
            last = dataclasses.replace(last, places=locate(telling, links, self.text, self.focus))
            self.focus.leave(links, last.places)
        said = judge(self.text, sentence.start, sentence.end, self.says, telling.head)
        claim = Claim(quote, sentence.start, sentence.end, said.status, said.attribution, self.source, told)
        self.told[index] = dataclasses.replace(last, claims=(*last.claims, claim), figures={**told, **last.figures})
        return True


def _told_in(event: Event, place: Place) -> bool:
    """Whether a place is named by the event's own words, not carried over to it."""
    if place.start is None or event.quote_start is None or event.quote_end is None:
        return False
    return event.quote_start <= place.start < event.quote_end


def _who_first(actor: ActorMention) -> int:
    """Who does it before to whom it is done, as ACLED's actor1 and actor2; others between, as they are named."""
    return {"subject": 0, "object": 2}.get(actor.role or "", 1)
