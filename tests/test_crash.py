"""Crash drills: whatever fails or is killed, an output is the old file or the whole new one, and nothing lies about."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapgen.atomic import replacing, write_atomic
from mapgen.errors import GeocoderError, InputError
from mapgen.gazetteer import Gazetteer
from mapgen.geocoders import AnswerCache
from tests.conftest import heeds_interrupts

OLD = b"the old file"
COMMANDS = {"map": "out.html", "events": "out.geojson", "toponyms": "out.jsonl"}
KILLS = 50 if os.environ.get("MAPGEN_HOSTILE") == "all" else 4

linux = pytest.mark.skipif(sys.platform != "linux", reason="drills with Linux's resource limits and signals")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An input of some length in a folder of its own, so that the outputs' folder holds nothing else."""
    folder = tmp_path / "in"
    folder.mkdir()
    sentence = "Protesters stormed the town hall in Zhanaozen on Wednesday, police said, and 12 people were hurt. "
    (folder / "report.txt").write_text(sentence * 150, encoding="utf-8")
    (folder / "report.jsonl").write_text(json.dumps({"doc_id": "1", "text": sentence * 150}), encoding="utf-8")
    return folder


def arguments(command: str, article: Path, output: Path) -> list[str]:
    name = "report.jsonl" if command == "toponyms" else "report.txt"
    dated = ["--published", "2022-01-06"] if command != "toponyms" else []
    return [sys.executable, "-m", "mapgen", command, str(article / name), *dated, "-o", str(output)]


def whole(output: Path) -> bytes:
    """What the folder of ``output`` must hold: that file alone; its content."""
    assert [path.name for path in output.parent.iterdir()] == [output.name]
    return output.read_bytes()


@linux
@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_that_cannot_be_written_to_its_end_leaves_the_old_one(
    article: Path, tmp_path: Path, command: str
) -> None:
    output = tmp_path / "out" / COMMANDS[command]
    output.parent.mkdir()
    subprocess.run(arguments(command, article, output), check=False, capture_output=True)
    size = output.stat().st_size
    for limit in (0, 1, size // 3, size - 1):  # bytes after which a write fails, as on a full disk
        output.write_bytes(OLD)
        done = subprocess.run(
            arguments(command, article, output),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda limit=limit: _limit(limit),
        )
        assert done.returncode == 2, (limit, done.stderr)
        assert f"{output}: cannot be written" in done.stderr
        assert "Traceback" not in done.stderr
        assert whole(output) == OLD


def _limit(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("fails", ["fsync", "replace", "chmod", "fchmod", "link"])
def test_each_step_of_a_write_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    output = tmp_path / "out.bin"
    write_atomic(output, OLD)
    calls: list[Any] = []

    def failing(*_: Any, **__: Any) -> None:
        calls.append(1)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as fault:
        fault.setattr(os, fails, failing)
        if calls_of(fails):
            with pytest.raises(InputError, match="cannot be written"):
                write_atomic(output, b"new")
            assert calls
            assert whole(output) == OLD
    write_atomic(output, b"new")
    assert whole(output) == b"new"


def calls_of(step: str) -> bool:
    """Whether this system takes this step: with unnamed drafts other calls are made than without."""
    unnamed = hasattr(os, "O_TMPFILE")
    return step in ("fsync", "replace") or (step in ("fchmod", "link")) == unnamed


def test_a_block_that_ends_badly_leaves_the_old_file(tmp_path: Path) -> None:
    output = tmp_path / "out.bin"
    write_atomic(output, OLD)
    with pytest.raises(ZeroDivisionError), replacing(output) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert whole(output) == OLD


def test_a_file_system_without_unnamed_files_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    output = tmp_path / "out.bin"
    write_atomic(output, OLD)
    write_atomic(output, b"new")
    assert whole(output) == b"new"
    with pytest.raises(ZeroDivisionError), replacing(output):
        raise ZeroDivisionError
    assert whole(output) == b"new"


def killed_at(command: list[str], seconds: float) -> None:
    """Run a command and kill it after a time, if it is still running then."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def drill(command: list[str], output: Path, check: Callable[[bytes], None], kills: int) -> None:
    """Kill the command at random moments of its run; each time the output is the old file, or passes ``check``."""
    start = time.monotonic()
    subprocess.run(command, check=False, capture_output=True)
    lasts = time.monotonic() - start
    check(whole(output))
    moments = random.Random(7)
    for _ in range(kills):
        output.write_bytes(OLD)
        killed_at(command, lasts * moments.uniform(0.3, 1.1))
        if (content := whole(output)) != OLD:
            check(content)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["map", "events"])
def test_a_command_that_is_killed_leaves_the_old_file_or_the_whole_new_one(
    article: Path, tmp_path: Path, command: str
) -> None:
    output = tmp_path / "out" / COMMANDS[command]
    output.parent.mkdir()

    def check(content: bytes) -> None:
        text = content.decode("utf-8")
        assert text.endswith("</html>\n") if command == "map" else json.loads(text)["features"]

    drill(arguments(command, article, output), output, check, KILLS)


@pytest.mark.slow
def test_a_gazetteer_build_that_is_killed_leaves_the_old_index_or_the_whole_new_one(tmp_path: Path) -> None:
    dump, output = tmp_path / "dump.txt", tmp_path / "out" / "names.bin"
    output.parent.mkdir()
    line = "{0}\tPlace {0}\tPlace {0}\t\t{1}\t30.5\tP\tPPL\tUA\t\t01\t\t\t\t{0}\t\t\tEurope/Kyiv\t2024-01-01\n"
    dump.write_text("".join(line.format(n, 44 + n / 10_000) for n in range(1, 4000)), encoding="utf-8")
    command = [sys.executable, "-m", "mapgen", "gazetteer", "build", str(dump), "-o", str(output)]
    drill(command, output, lambda _: Gazetteer(output), KILLS)


DIE = """
import os, signal, sys
from pathlib import Path
from mapgen.atomic import write_atomic

step, moment, output = sys.argv[1:]
real = getattr(os, step)

def dying(*arguments, **options):
    if moment == "after":
        real(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(os, step, dying)
write_atomic(Path(output), b"new")
"""


@linux
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["fsync", "fchmod", "link", "replace"])
def test_a_write_that_is_killed_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, step: str, moment: str
) -> None:
    output = tmp_path / "out.bin"
    output.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", DIE, step, moment, str(output)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert output.read_bytes() == (b"new" if (step, moment) == ("replace", "after") else OLD)
    drafts = [path for path in tmp_path.iterdir() if path != output]
    if (step, moment) in (("link", "after"), ("replace", "before")):  # the one moment in which a draft has a name
        assert [draft.read_bytes() for draft in drafts] == [b"new"]
    else:
        assert not drafts


PUT = """
import sys
from pathlib import Path
from mapgen.geocoders import AnswerCache
cache = AnswerCache(Path(sys.argv[1]))
print("open", flush=True)
for n in range(100_000):
    cache.put("nominatim", f"{sys.argv[2]} {n}", {"lat": n, "raw": "x" * 50})
"""


def test_a_cache_whose_writer_is_killed_holds_whole_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    moments = random.Random(7)
    for run in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", PUT, str(path), str(run)], stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.1))
        process.kill()
        process.wait()
        cache = AnswerCache(path)
        assert all(cache.get("nominatim", f"{run} {n}") in (None, ({"lat": n, "raw": "x" * 50},)) for n in range(50))
        cache.close()
    assert len(AnswerCache(path)) > 0


def test_ten_processes_write_to_one_cache(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    program = PUT.replace("100_000", "30")
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(n)], stdout=subprocess.DEVNULL)
               for n in range(10)]  # fmt: skip
    assert [process.wait() for process in running] == [0] * 10
    assert len(AnswerCache(path)) == 300


@linux
def test_a_cache_on_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from mapgen.errors import GeocoderError\n"
        "from mapgen.geocoders import AnswerCache\n"
        "cache = AnswerCache(Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    for n in range(1000):\n"
        "        cache.put('nominatim', str(n), 'x' * 200)\n"
        "except GeocoderError as error:\n"
        "    print(error)\n"
    )
    path = tmp_path / "answers.sqlite"
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert "cannot be used" in done.stdout
    assert AnswerCache(path).get("nominatim", "0") == ("x" * 200,)  # what was answered before is still there


def test_a_cache_in_a_folder_that_is_a_file_names_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(GeocoderError, match="MAPGEN_CACHE"):
        AnswerCache(tmp_path / "file" / "answers.sqlite")


def test_an_interrupted_command_says_so_and_leaves_the_old_file(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "out.html"
    output.parent.mkdir()
    output.write_bytes(OLD)
    many = [str(article / "report.txt")] * 60
    command = [sys.executable, "-m", "mapgen", "map", *many, "--published", "2022-01-06", "-o", str(output)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heeds_interrupts)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped" in said
    assert "Traceback" not in said
    assert whole(output) == OLD
