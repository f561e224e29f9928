"""Make sure that there is a Chromium for the browser tests: ``python -m tests.browser.install``.

In this order: the one that $CHROMIUM names, one on the PATH, Playwright's own, Playwright's own newly downloaded,
Debian's package.  Says which one it found, or what was tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from mapgen.exporters.image import chromium_path


def _runs(*command: str) -> bool:
    print("  $", *command, flush=True)
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    """Find or install Chromium; the exit code."""
    found = chromium_path()
    if not found:
        _runs(sys.executable, "-m", "playwright", "install", "chromium")
        found = chromium_path()
    if not found and shutil.which("apt-get"):
        sudo = () if os.geteuid() == 0 else ("sudo", "-n")
        _runs(*sudo, "apt-get", "update", "-q")
        _runs(*sudo, "apt-get", "install", "-y", "-q", "chromium")
        found = chromium_path()
    if not found:
        print("No Chromium: neither Playwright's download nor apt-get worked; set CHROMIUM to the path of one.")
        return 1
    print(f"Chromium: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
