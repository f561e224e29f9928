"""The pictures of the README, and those to look at: ``python -m benchmarks.screenshots [MAP.html]``.

Without an argument the example of ``maps/kazakhstan-2022`` is made and taken.  Each view is taken on a desktop (1280 by
800 CSS pixels) and on a phone (390 by 844), light and dark, into ``benchmarks/out/``; the README's picture into
``maps/kazakhstan-2022/map.png``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mapgen.cli import cli
from mapgen.exporters.image import save_image

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "maps" / "kazakhstan-2022"
OUT = ROOT / "benchmarks" / "out"
README = EXAMPLE / "map.png"
VIEWS = {"desktop": (1280, 800), "phone": (390, 844)}


def example() -> Path:
    """The example map, newly made."""
    page = EXAMPLE / "index.html"
    arguments = ["map", str(EXAMPLE / "report.txt"), "--options", str(EXAMPLE / "map.toml"), "-o", str(page)]
    cli.main(arguments, standalone_mode=False)
    return page


def main() -> None:
    """Take every view of one map."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else example()
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (width, height) in VIEWS.items():
        for dark in (False, True):
            path = OUT / f"{name}-{'dark' if dark else 'light'}.png"
            save_image(page, path, width=width, height=height, dark=dark)
            print(path.relative_to(ROOT))
    if len(sys.argv) == 1:
        save_image(page, README, scale=1)
        print(README.relative_to(ROOT))


if __name__ == "__main__":
    main()
