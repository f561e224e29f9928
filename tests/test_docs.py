"""The README and the help tell of every command and option, and the README's Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import mapgen
from mapgen.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {
    **cli.commands,
    **{
        f"{name} {part}": command
        for name, group in cli.commands.items()
        if isinstance(group, click.Group)
        for part, command in group.commands.items()
    },
}
OPTIONS = [(name, option) for name, command in COMMANDS.items() for p in command.params for option in p.opts
           if option.startswith("--")]  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_readme_shows_every_command(name: str) -> None:
    assert f"mapgen {name} " in README


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_the_readme_explains_every_option(name: str, option: str) -> None:
    assert f"`{option}" in README, f"{option} of mapgen {name}"


def test_the_readme_names_no_command_or_option_that_is_not_there() -> None:
    shown = set(re.findall(r"^mapgen (\w+)", README, re.M))
    assert shown <= set(cli.commands)
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= {option for _, option in OPTIONS}


def test_every_public_name_is_there_and_documented() -> None:
    for name in mapgen.__all__:
        assert getattr(mapgen, name).__doc__, name


def test_an_unknown_public_name_lists_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="EventMap"):
        mapgen.Nothing  # type: ignore[attr-defined]


def test_the_readmes_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text("Police arrested 30 protesters in Minsk on Wednesday.", encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", README, re.S):
        exec(compile(block, "README.md", "exec"), {})
    assert Path("map.html").exists()


def test_every_picture_and_link_of_the_readme_exists() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
