"""`--ner`: the entities of a spaCy pipeline, trained here, become mentions that mapgen puts where they are."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapgen.cli import cli
from mapgen.errors import OptionsError
from mapgen.gazetteer import PACKAGED
from mapgen.toponyms import ner

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'mapgen[ner]'")
pytestmark = pytest.mark.skipif(not PACKAGED.exists(), reason="the index is not built (python -m geodata.build)")

TOWNS = "Vienna Lyon Minsk Odesa Tripoli Kabul Goma Mosul Homs Aleppo Gaza Kharkiv Almaty Aktau".split()
PATTERNS = ("Police in {} arrested ten men .", "Shells hit {} on Monday .", "She flew from {} to {} .", "Smith spoke .")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline that has learnt from two hundred sentences what a town looks like beside other words."""
    from spacy.training import Example

    chance = random.Random(1)
    language = spacy.blank("en")
    language.add_pipe("ner").add_label("GPE")
    examples = []
    for _ in range(200):
        pattern = chance.choice(PATTERNS)
        made = "".join(chance.choices("abdegiklmnoprstuxyz", k=chance.randint(4, 8))).capitalize()
        towns = [chance.choice((*TOWNS, made, made)) for _ in range(pattern.count("{}"))]
        document = language.make_doc(pattern.format(*towns))
        spans = [(t.idx, t.idx + len(t), "GPE") for t in document if t.text in towns]
        examples.append(Example.from_dict(document, {"entities": spans}))
    spacy.util.fix_random_seed(0)
    optimiser = language.initialize(lambda: examples)
    for _ in range(20):
        language.update(examples, sgd=optimiser, drop=0.1)
    folder = tmp_path_factory.mktemp("pipeline")
    language.to_disk(folder)
    return str(folder)


def test_entities_are_mentions_with_the_offsets_of_the_text(pipeline: str) -> None:
    text = "Police in Kabul arrested ten men . ☂ ☂ Shells hit Goma on Monday ."
    found = ner.recognise(text, pipeline)
    assert {"Kabul", "Goma"} <= {m.surface for m in found}
    assert all(text[m.start : m.end] == m.surface for m in found)


def test_a_long_text_is_read_in_stretches(pipeline: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner, "_STRETCH", 200)
    text = "Shells hit Goma on Monday .\n" * 40
    found = ner.recognise(text, pipeline)
    assert [m.surface for m in found].count("Goma") == 40
    assert all(text[m.start : m.end] == m.surface for m in found)


def test_toponyms_resolves_what_the_pipeline_recognises(pipeline: str) -> None:
    line = json.dumps({"doc_id": "1", "text": "Shells hit Goma on Monday ."})
    done = CliRunner().invoke(cli, ["toponyms", "--ner", pipeline], input=line, standalone_mode=False)
    (mention,) = json.loads(done.stdout)["mentions"]
    assert (mention["surface"], mention["gazetteer"]) == ("Goma", "geonames:216281")


def test_events_stand_where_the_pipeline_recognises_and_what_no_gazetteer_has_is_said(
    pipeline: str, tmp_path: Path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Shells hit Goma on Monday . Shells hit Xyzzyqqq on Monday .", encoding="utf-8")
    arguments = ["events", str(article), "--published", "2024-03-06", "-o", "-", "--ner", pipeline]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    told = json.loads(done.stdout)
    places = {p["name"] for f in told["features"] for p in f["properties"]["places"]}
    assert places == {"Goma"}
    assert "no gazetteer has 'Xyzzyqqq'" in done.stderr


def test_what_is_no_pipeline_is_said(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="no spaCy pipeline"):
        ner.recognise("Goma", "no_such_pipeline")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(OptionsError, match="no entity recogniser"):
        ner.recognise("Goma", str(tmp_path / "blank"))
