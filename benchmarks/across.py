"""How well the second reader judges lines of writers it has not learnt from: one group of writers left out at a time.

Run `python -m benchmarks.across [GROUPS]`. For each group it prints how many marked lines and how many good lines weigh
enough to be asked about in a text that reads like harm, and in any other. Rules play no part here.
"""

import sys
from collections import Counter

from benchmarks.fitting import LIMITS
from benchmarks.learn import Example, examples, learn, lines_of
from benchmarks.writers import Writer, writers
from campaigns.checking.secondreader import SecondReader

GROUPS = 5


def judged(left_out: tuple[Writer, ...], rest: list[Example]) -> tuple[Counter[tuple[str, bool]], int]:
    """Give how often the lines of writers were asked about, by kind ("" for good ones) and whether; and kinds told right."""
    reader = SecondReader(learn(rest))
    counts: Counter[tuple[str, bool]] = Counter()
    right = 0
    for line in (line for writer in left_out for line in lines_of(writer) if line.counts == 1):
        weight, kind = reader.weigh(line.text)
        is_asked = weight >= (LIMITS.speaks_from if line.kind else LIMITS.speaks_alone_from)
        counts[line.kind, is_asked] += 1
        right += bool(line.kind) and kind == line.kind
    return counts, right


def main() -> int:
    """Print the totals, and those by kind."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else GROUPS
    every = writers("tuned")
    rows = list(examples())
    total: Counter[tuple[str, bool]] = Counter()
    right = 0
    for group in range(groups):
        left_out = every[group::groups]
        theirs = {line for writer in left_out for line in lines_of(writer)}
        counts, told = judged(left_out, [row for row in rows if row not in theirs])
        total += counts
        right += told
        print(f"group {group + 1}: {_share(counts, marked=True)}; {_share(counts, marked=False)}", flush=True)
    print(
        f"all: {_share(total, marked=True)}; {_share(total, marked=False)}; {right} of them of the right kind"
    )
    for kind in sorted({kind for kind, _ in total} - {""}):
        print(f"  {kind:14} {total[kind, True]:4} of {total[kind, True] + total[kind, False]}")
    return 0


def _share(counts: Counter[tuple[str, bool]], *, marked: bool) -> str:
    asked = sum(count for (kind, is_asked), count in counts.items() if bool(kind) == marked and is_asked)
    of_all = sum(count for (kind, _), count in counts.items() if bool(kind) == marked)
    where = "marked lines asked about" if marked else "good lines asked about alone"
    return f"{asked} of {of_all} {where} ({asked / max(of_all, 1):.0%})"


if __name__ == "__main__":
    sys.exit(main())
