"""Every check, one after the other: `python -m tests`. Stops at the first that fails."""

import subprocess
import sys

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-q", "-rs", "-n", "2", "--dist", "loadfile"),
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
