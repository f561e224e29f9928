"""Run every benchmark and print its tables: ``python -m benchmarks [--shared DIR] [NAME...]``."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from pathlib import Path

NAMES = (
    "geoparse",
    "events",
    "placing",
    "merging",
    "speed",
    "whole",
    "tables",
    "gazetteer",
    "linear",
    "errors",
    "page",
)


def main() -> None:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parent.parent.parent / "shared")
    given = parser.parse_args()
    os.environ["MAPGEN_SHARED"] = str(given.shared.resolve())
    unknown = sorted(set(given.names) - set(NAMES))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    for name in given.names or NAMES:
        print(f"\n# {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
