"""`python -m tests.attacks`: every attack with its defence and without it, in one table.

With `--kills 200` it then kills that many processes in each of five acts: answering, saving, withdrawing, bundling, opening.
"""

import argparse
import os
import sys
from pathlib import Path

import pytest

from tests.attacks.measured import ATTACKS, tried

ENDS_BADLY = ("test_killed.py", "test_never_lost.py", "test_canary.py")


def main() -> int:
    """Print the table, and kill processes if asked to; give 0 where every promise holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument(
        "--kills", type=int, default=0, metavar="N", help="how many processes die in each act"
    )
    kills = parser.parse_args().kills
    all_hold = _table()
    if kills:
        os.environ["COPROD_KILLS"] = str(kills)
        files = [str(Path(__file__).parent / name) for name in ENDS_BADLY]
        all_hold &= pytest.main(["-q", "-k", "killed", "--durations=0", *files]) == 0
    return 0 if all_hold else 1


def _table() -> bool:
    line = "{:<46} {:<26} {:>8} {:>8}  {}"
    print(line.format("what is tried", "what is found", "coprod", "without", "holds"))
    all_hold = True
    for attack in ATTACKS:
        found, bare = tried(attack)
        holds = attack.holds(found) and not attack.holds(bare)
        all_hold &= holds
        print(
            line.format(attack.tried, attack.found, f"{found:.2g}", f"{bare:.2g}", "yes" if holds else "NO")
        )
    return all_hold


if __name__ == "__main__":
    sys.exit(main())
