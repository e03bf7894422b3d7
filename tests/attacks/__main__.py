"""`python -m tests.attacks`: every attack with its defence and without it, in one table."""

import sys

from tests.attacks.measured import ATTACKS, tried


def main() -> int:
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
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
