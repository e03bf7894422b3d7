"""Every check, one after the other: `python -m tests`. Stops at the first that fails."""

import os
import subprocess
import sys

# One worker a processor; more than four would each load polars, Typst and a browser for little.
WORKERS = max(2, min(4, os.cpu_count() or 2))
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-q", "-rs", "-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"),
)


def main() -> int:
    for command in CHECKS:
        print(f"\n== {' '.join(command)}", flush=True)
        code = subprocess.run(command, check=False).returncode
        if code:
            print(f"{command[0]} failed")
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
