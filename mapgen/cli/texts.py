"""``mapgen toponyms`` and ``mapgen classify``: one text a line in, one answer a line out."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from mapgen.cli.parameters import gazetteers_option, ner_option
from mapgen.cli.report import DONE, INCOMPLETE, list_skipped, text_of, write_lines
from mapgen.errors import InputError
from mapgen.model import Skipped


@click.command()
@click.argument("records", default="-", metavar="[IN.jsonl]")
@click.option("-o", "--output", default="-", metavar="OUT.jsonl", help="Default: standard output.")
@gazetteers_option
@ner_option
def toponyms(records: str, output: str, gazetteers: tuple[str, ...], ner: str | None) -> int:
    """Find and resolve the place names of texts, one JSON object a line.

    A line holds doc_id and text, and may hold mentions ({"start", "end"}), which are then resolved as they stand.

    \b
    echo '{"doc_id": "1", "text": "Protests spread from Aktau to Almaty."}' | mapgen toponyms
    """
    from mapgen.gazetteer import Gazetteer  # not by way of the pipeline, which reads what events take
    from mapgen.readers import lines_of
    from mapgen.toponyms import annotate

    gazetteer, skipped = Gazetteer(extra=gazetteers), list[Skipped]()

    def lines() -> Iterator[str]:
        for number, line in enumerate(lines_of(records), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                text, doc_id = record["text"], record["doc_id"]
                if not isinstance(text, str) or not isinstance(doc_id, str | int):
                    raise TypeError
                if ner and "mentions" not in record:
                    record = {**record, "mentions": _entities(text, ner)}
                yield json.dumps(annotate(record, gazetteer), ensure_ascii=False)
            except (ValueError, KeyError, TypeError, RecursionError):
                reason = 'is no JSON object with "doc_id", "text" and, if given, "mentions" inside the text'
                skipped.append(Skipped(f"{records} line {number}", reason))

    write_lines(output, lines())
    list_skipped(skipped, None)
    return INCOMPLETE if skipped else DONE


@click.command()
@click.argument("sentences", default="-", metavar="[IN.tsv]")
@click.option("-o", "--output", default="-", metavar="OUT.tsv", help="Default: standard output.")
def classify(sentences: str, output: str) -> int:
    """Give each sentence one event type: columns id and text in; id, event_type and acled_sub_event_type out.

    \b
    printf 'id\\ttext\\n1\\tPolice arrested 30 protesters in Minsk.\\n' | mapgen classify
    """
    from mapgen.events import classify as classify_sentence

    rows = [line.split("\t") for line in text_of(sentences).splitlines() if line.strip()]
    head = [name.strip().lower() for name in rows[0]] if rows else []
    if "id" not in head or "text" not in head:
        raise InputError(f"{sentences}: needs a first line with the tab-separated column names id and text")
    at_id, at_text = head.index("id"), head.index("text")
    skipped: list[Skipped] = []

    def lines() -> Iterator[str]:
        yield "id\tevent_type\tacled_sub_event_type"
        for number, row in enumerate(rows[1:], 2):
            if len(row) <= max(at_id, at_text):
                skipped.append(Skipped(f"{sentences} row {number}", "has too few columns"))
                continue
            yield "\t".join((row[at_id], *classify_sentence(row[at_text])))

    write_lines(output, lines())
    list_skipped(skipped, None)
    return INCOMPLETE if skipped else DONE


def _entities(text: str, pipeline: str) -> list[dict[str, int]]:
    from mapgen.toponyms.ner import recognise

    return [{"start": mention.start, "end": mention.end} for mention in recognise(text, pipeline)]
