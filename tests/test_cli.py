"""The command line as a user meets it: files, exit codes, one clear sentence for each mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = (
    "Protesters stormed the town hall in Zhanaozen on Wednesday, police said. At least eight people were killed.\n\n"
    "On Thursday morning troops were sent from Aktau to Zhanaozen, the Interior Ministry said."
)
Done = subprocess.CompletedProcess[str]


def mapgen(*arguments: str | Path, stdin: str | None = None, cwd: Path | None = None) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "mapgen", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_map_writes_a_page_and_prints_its_path(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    done = mapgen("map", report, "--published", "2022-01-06", "-o", page)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(page)
    assert "Zhanaozen" in page.read_text(encoding="utf-8")


def test_map_without_an_output_writes_beside_the_input(report: Path) -> None:
    done = mapgen("map", report, "--published", "2022-01-06")
    assert done.stdout.strip() == str(report.with_suffix(".html"))
    assert report.with_suffix(".html").exists()


def test_a_folder_with_a_map_toml_is_a_map(report: Path) -> None:
    options = report.with_name("map.toml")
    options.write_text("title = 'Ours'\npublished = 2022-01-06\ninputs = ['report.txt']", encoding="utf-8")
    done = mapgen("map", report.parent)
    assert done.stdout.strip() == str(report.with_name("index.html"))
    assert "<title>Ours</title>" in report.with_name("index.html").read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "1.html", tmp_path / "2.html"]
    for page in pages:
        mapgen("map", report, "--published", "2022-01-06", "-o", page)
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_events_go_to_standard_output_as_geojson_with_true_quotes(report: Path) -> None:
    done = mapgen("events", report, "--published", "2022-01-06", "-o", "-")
    collection = json.loads(done.stdout)
    assert collection["type"] == "FeatureCollection"
    assert collection["features"]
    for feature in collection["features"]:
        told = feature["properties"]
        assert REPORT[told["quote_start"] : told["quote_end"]] == told["quote"]


def test_the_riot_has_its_day_and_its_toll(report: Path) -> None:
    done = mapgen("events", report, "--published", "2022-01-06", "-o", "-")
    events = [feature["properties"] for feature in json.loads(done.stdout)["features"]]
    riot = next(event for event in events if event["event_type"] == "riot")
    assert riot["date_start"] == "2022-01-05"
    assert [place["name"] for place in riot["places"]] == ["Zhanaozen"]
    killed = [event["figures"]["killed"] for event in events if "killed" in event["figures"]]
    assert [(figure["value"], figure["qualifier"]) for figure in killed] == [(8, "over")]


def test_the_movement_is_a_line_from_origin_to_destination(report: Path) -> None:
    done = mapgen("events", report, "--published", "2022-01-06", "-o", "-")
    features = json.loads(done.stdout)["features"]
    line = next(feature for feature in features if feature["properties"]["event_type"] == "troop_movement")
    assert line["geometry"]["type"] == "LineString"
    roles = {place["role"]: place["name"] for place in line["properties"]["places"]}
    assert roles == {"origin": "Aktau", "destination": "Zhanaozen"}


def test_a_weekday_without_a_date_to_count_from_asks_for_one_and_stays_undated(report: Path) -> None:
    done = mapgen("events", report, "-o", "-")
    assert done.returncode == 1
    assert "--published" in done.stderr
    assert "Wednesday" in done.stderr
    assert all(feature["properties"]["date_start"] is None for feature in json.loads(done.stdout)["features"])


def test_a_full_date_at_the_head_of_the_text_serves_as_publication_date(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(f"Aktau, January 6, 2022. {REPORT}", encoding="utf-8")
    done = mapgen("events", article, "-o", "-")
    assert done.returncode == 0, done.stderr
    assert "2022-01-05" in [f["properties"]["date_start"] for f in json.loads(done.stdout)["features"]]


BAD_INPUTS = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n \t ",
    "binary.txt": bytes(range(256)) * 20,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
@pytest.mark.parametrize("command", ["map", "events"])
def test_an_input_that_cannot_be_used_is_one_sentence_and_no_file(tmp_path: Path, name: str, command: str) -> None:
    path = tmp_path / name
    content = BAD_INPUTS[name]
    if content is not None:
        path.write_bytes(content)
    output = tmp_path / ("out.html" if command == "map" else "out.geojson")
    done = mapgen(command, path, "-o", output)
    assert done.returncode == 2
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ([name] if content is not None else [])


def test_a_text_without_a_place_says_so_and_writes_no_map(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The committee talked about the budget for a while and then went home.", encoding="utf-8")
    done = mapgen("map", article, "-o", tmp_path / "out.html")
    assert done.returncode == 1
    assert "no place" in done.stderr
    assert not (tmp_path / "out.html").exists()


def test_places_without_events_still_make_a_page_that_says_so(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The museum in Bishkek has a fine collection of carpets from Khiva.", encoding="utf-8")
    done = mapgen("map", article, "-o", tmp_path / "out.html")
    assert done.returncode == 1
    assert "no event found" in done.stderr
    assert (tmp_path / "out.html").exists()


def test_an_unknown_output_format_names_the_ones_there_are(report: Path, tmp_path: Path) -> None:
    done = mapgen("events", report, "-o", tmp_path / "out.docx")
    assert done.returncode == 2
    assert ".geojson" in done.stderr


def test_a_wrong_date_is_refused(report: Path) -> None:
    done = mapgen("events", report, "--published", "06.01.2022", "-o", "-")
    assert done.returncode == 2
    assert "2022-01-06" in done.stderr


def test_no_input_says_what_to_give() -> None:
    done = mapgen("map")
    assert done.returncode == 2
    assert "article" in done.stderr


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = mapgen("events", "-", "--published", "2022-01-06", "-o", "-", stdin=REPORT)
    assert json.loads(done.stdout)["features"]


def test_control_characters_of_an_input_never_reach_the_terminal(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("date,place,lat,lon,notes\n2022-01-05,\x1b[31mX\u202e,999,5,a\n", encoding="utf-8")
    done = mapgen("events", table, "-o", "-")
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_toponyms_annotates_lines_and_keeps_given_mentions(tmp_path: Path) -> None:
    text = "Protests spread from Aktau to Almaty."
    records = tmp_path / "in.jsonl"
    lines = [{"doc_id": "1", "text": text}, {"doc_id": "2", "text": text, "mentions": [{"start": 21, "end": 26}]}]
    records.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert mapgen("toponyms", records, "-o", out).returncode == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert [m["surface"] for m in first["mentions"]] == ["Aktau", "Almaty"]
    assert [m["name"] for m in second["mentions"]] == ["Aktau"]
    assert abs(second["mentions"][0]["lat"] - 43.65) < 0.1


def test_toponyms_answers_each_line_as_it_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mapgen", "toponyms"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        assert running.stdin
        assert running.stdout
        for doc_id, name in (("1", "Aktau"), ("2", "Kyiv")):
            running.stdin.write(json.dumps({"doc_id": doc_id, "text": f"Protests in {name}."}) + "\n")
            running.stdin.flush()  # and it stays open: the answer must not wait for more
            answer = json.loads(running.stdout.readline())
            assert (answer["doc_id"], answer["mentions"][0]["name"]) == (doc_id, name)
        running.stdin.close()
        assert running.wait() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_toponyms_reads_what_is_piped_in_by_its_mark(encoding: str) -> None:
    lines = '{"doc_id": "1", "text": "In Besançon."}\r\n\n{"doc_id": "2", "text": "In Almaty."}\n'
    program = [sys.executable, "-m", "mapgen", "toponyms"]
    done = subprocess.run(program, input=lines.encode(encoding), capture_output=True, check=True)
    assert [json.loads(line)["mentions"][0]["surface"] for line in done.stdout.splitlines()] == ["Besançon", "Almaty"]


def test_toponyms_refuses_text_that_stops_being_utf_8_and_keeps_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old\n", encoding="utf-8")
    lines = b'{"doc_id": "1", "text": "In Almaty."}\n{"doc_id": "2", "text": "In Besan\xe7on."}\n'
    done = subprocess.run(
        [sys.executable, "-m", "mapgen", "toponyms", "-o", out], input=lines, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"standard input: holds what is not utf-8" in done.stderr
    assert out.read_text(encoding="utf-8") == "old\n"


def test_toponyms_lists_a_broken_line_and_goes_on(tmp_path: Path) -> None:
    done = mapgen("toponyms", stdin='{"doc_id": "1"}\nnonsense\n{"doc_id": "3", "text": "In Almaty."}\n')
    assert done.returncode == 1
    assert "2 skipped" in done.stderr
    assert json.loads(done.stdout)["doc_id"] == "3"


def test_classify_gives_each_sentence_one_type() -> None:
    done = mapgen("classify", stdin="id\ttext\n7\tPolice arrested 30 protesters in Minsk.\n")
    head, row = done.stdout.splitlines()
    assert head == "id\tevent_type\tacled_sub_event_type"
    assert row.split("\t")[:2] == ["7", "arrests"]


def test_classify_without_the_columns_says_which() -> None:
    done = mapgen("classify", stdin="a,b\n1,2\n")
    assert done.returncode == 2
    assert "id and text" in done.stderr


def test_lookup_ranks_and_filters() -> None:
    assert mapgen("lookup", "Almaty").stdout.startswith("Almaty")
    london = mapgen("lookup", "London", "--country", "CA", "--json").stdout.splitlines()
    assert json.loads(london[0])["country"] == "CA"


def test_lookup_of_nothing_says_so() -> None:
    done = mapgen("lookup", "Qqxzzyvgh")
    assert done.returncode == 1
    assert "knows no such name" in done.stderr


@pytest.mark.parametrize("command", ["map", "events", "toponyms", "classify", "lookup", "embed"])
def test_every_command_shows_an_example(command: str) -> None:
    assert f"mapgen {command}" in mapgen(command, "--help").stdout.split("Options:")[0].split("\n", 2)[2]


def test_doctor_looks_at_everything_and_says_what_to_do(tmp_path: Path) -> None:
    done = mapgen("doctor", "--json")
    found = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, done.stdout
    assert {"mapgen", "gazetteer", "page", "Chromium", "geocoder cache"} <= set(found)
    assert "places in" in found["gazetteer"]["found"]
    assert all(row["state"] in ("ok", "optional") for row in found.values())


def test_doctor_reports_a_cache_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "geocoder.sqlite").mkdir()
    monkeypatch.setenv("MAPGEN_CACHE", str(tmp_path))
    done = mapgen("doctor")
    assert done.returncode == 2
    assert "missing   geocoder cache" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_are_a_script_for_the_shell(shell: str) -> None:
    assert "_MAPGEN_COMPLETE" in mapgen("completions", shell).stdout


def test_the_shell_is_given_the_commands_that_begin_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MAPGEN_COMPLETE": "bash_complete", "COMP_WORDS": "mapgen loo", "COMP_CWORD": "1"}.items():
        monkeypatch.setenv(name, value)
    program = "import sys; sys.argv[0] = 'mapgen'; from mapgen.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["plain,lookup"]


@pytest.mark.parametrize("command", ["map", "events"])
def test_what_was_done_can_be_had_as_json(report: Path, tmp_path: Path, command: str) -> None:
    output = tmp_path / ("m.html" if command == "map" else "e.csv")
    done = mapgen(command, report, "-o", output, "--json")
    told = json.loads(done.stdout)
    assert (told["output"], told["events"] > 0, told["located"] > 0) == (str(output), True, True)
    assert "say --published" in told["skipped"][0]["reason"]
    assert done.returncode == 1
    assert not done.stderr


def test_what_a_form_has_no_room_for_is_said_on_stderr(report: Path, tmp_path: Path) -> None:
    done = mapgen("events", report, "--published", "2022-01-06", "-o", tmp_path / "e.csv")
    assert "place mentions; GeoJSON keeps everything." in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("option", ["--report", "--image"])
@pytest.mark.parametrize("name", ["missing/skipped.png", "folder.png"], ids=["no folder", "a folder"])
def test_a_further_file_that_cannot_be_written_is_told_before_the_map_is_made(
    report: Path, tmp_path: Path, option: str, name: str
) -> None:
    (tmp_path / "folder.png").mkdir()
    page = tmp_path / "map.html"
    done = mapgen("map", report, "--published", "2022-01-06", "-o", page, option, tmp_path / name)
    assert done.returncode == 2
    assert f"{name}: cannot be written" in done.stderr
    assert not page.exists()
