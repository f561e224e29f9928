"""Ask the registries for known weaknesses of what the lock files name: ``python -m tests.audit``.

Where a registry does not answer such questions, that is said and is no failure; a known weakness is one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PYTHON = (sys.executable, "-m", "pip_audit", "-r", "requirements.lock", "--disable-pip", "--require-hashes",
          "--progress-spinner", "off", "-f", "json")  # fmt: skip
PAGE = ("npm", "audit", "--json")


def told(command: Sequence[str]) -> dict[str, Any] | None:
    """The command's JSON; None where it gave none in two minutes."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return found if isinstance(found, dict) else None


def python_weaknesses() -> list[str] | None:
    """Each known weakness of a Python package; None where PyPI knows none of the packages, as a mirror may not."""
    found = told(PYTHON)
    rows = found["dependencies"] if found else []
    if all("skip_reason" in row for row in rows):
        return None
    return [f"{row['name']} {row['version']}: {weak['id']}" for row in rows for weak in row.get("vulns", ())]


def page_weaknesses() -> list[str] | None:
    """Each npm package with a known weakness; None where the registry gives no advisories."""
    found = told(PAGE)
    if not found or "vulnerabilities" not in found:
        return None
    return [f"{name}: {row['severity']}" for name, row in found["vulnerabilities"].items()]


def main() -> None:
    """Print what is known; exit code 1 where anything is."""
    weak = []
    for name, found in (("PyPI", python_weaknesses()), ("npm", page_weaknesses())):
        if found is None:
            print(f"{name}: the registry in use gives no advisories, so nothing was audited")
        else:
            print(f"{name}: {len(found)} known weaknesses")
            weak += found
    print(*weak, sep="\n", end="\n" if weak else "")
    sys.exit(bool(weak))


if __name__ == "__main__":
    main()
