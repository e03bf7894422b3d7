"""How much of what a careful reviewer flags the check finds, and what it says of good texts.

Run `python -m benchmarks.found [SET...]`; a set is the first word of a file name in tests/campaigns/cases
(default: unseen). It prints totals by kind; `--show` names each passage, for sets that are not kept unseen.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from campaigns.checking.check import CheckResult, check_material
from campaigns.checking.findings import Finding
from campaigns.checking.rules import shipped_rules
from campaigns.materials.material import parse_material
from coprod.clock import today
from coprod.kernel.contacts import Audience, Nation, shipped_contacts
from coprod.kernel.yamlfile import load_yaml

CASES = Path(__file__).parent.parent / "tests" / "campaigns" / "cases"
MEASURED = CASES.parent.parent.parent / "campaigns" / "checking" / "measured.yaml"
PASSAGE_SETS = ("unseen", "fresh", "blind")
RUN_ONCE = "last"  # kept unseen until the end and run once; nothing is learnt from it or shown beside a rule
LACKS = {
    "help": {"help-contact"},
    "perpetrator": {"signs-without-perpetrator"},
    "boys": {"girls-only-framing", "girls-only"},
    "peers": {"older-strangers-only-framing", "peers-missing"},
    "offline": {"online-only-framing"},
}


class Flag(Struct, frozen=True, forbid_unknown_fields=True):
    """Words a reviewer would mark, and why."""

    words: str
    kind: str
    note: str = ""


class Passage(Struct, frozen=True, forbid_unknown_fields=True):
    """One text with everything a careful reviewer would mark in it. A good text has no flags."""

    name: str
    manner: str
    audience: Audience
    text: str
    flags: tuple[Flag, ...]
    missing: tuple[str, ...] = ()
    nation: Nation | None = None


class PassageFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A set of passages."""

    format: int
    passages: tuple[Passage, ...]


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One text of the older sets."""

    name: str
    audience: Audience
    text: str
    expect: tuple[str, ...]
    nation: Nation | None = None


class CaseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """An older set."""

    format: int
    cases: tuple[Case, ...]


class Outcome(Struct, frozen=True):
    """What the check did with one passage."""

    passage: Passage
    found: tuple[str, ...]
    missed: tuple[str, ...]
    kinds_found: tuple[str, ...]
    kinds_missed: tuple[str, ...]
    used: tuple[Finding, ...]
    extra: tuple[Finding, ...]


def passages(name: str, without: Collection[str] = ()) -> tuple[Passage, ...]:
    """Give the passages of a set, but for files whose names begin as said in `without`."""
    return tuple(
        passage
        for file in sorted(CASES.glob(f"{name}-*.yaml"))
        if not file.name.startswith(tuple(without))
        for passage in load_yaml(file, PassageFile).value.passages
    )


def outcome(passage: Passage) -> Outcome:
    """Check one passage. A flag is found when a finding shares words with it."""
    material = parse_material(passage.text, "passage.md")
    result = check_material(material, shipped_contacts(), {}, today(), passage.audience, passage.nation)
    spans = {finding: _span(passage.text, finding) for finding in result.findings}
    found: list[tuple[str, str]] = []
    missed: list[tuple[str, str]] = []
    used: set[Finding] = set()
    for flag in passage.flags:
        start = passage.text.index(flag.words)
        hits = {finding for finding, (a, b) in spans.items() if a < start + len(flag.words) and start < b}
        used |= hits
        (found if hits else missed).append((flag.words, flag.kind))
    for lack in passage.missing:
        hits = {finding for finding in result.findings if finding.rule in LACKS[lack]}
        used |= hits
        (found if hits else missed).append((f"(missing: {lack})", "missing"))
    return Outcome(
        passage,
        tuple(words for words, _ in found),
        tuple(words for words, _ in missed),
        tuple(kind for _, kind in found),
        tuple(kind for _, kind in missed),
        tuple(used),
        tuple(_not_in(result, used)),
    )


def _span(text: str, finding: Finding) -> tuple[int, int]:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    if not finding.text:
        return (-1, -1)
    return (
        starts[finding.line - 1] + finding.column - 1,
        starts[finding.end_line - 1] + finding.end_column - 1,
    )


def _not_in(result: CheckResult, used: set[Finding]) -> Iterator[Finding]:
    return (finding for finding in result.findings if finding not in used)


def report(name: str, *, show: bool) -> None:
    """Print found, missed and false for one set."""
    report_on(name, passages(name), show=show)


def report_on(name: str, read: Sequence[Passage], *, show: bool) -> None:
    """Print found, missed and false for these passages."""
    outcomes = [outcome(passage) for passage in read]
    harmful = [one for one in outcomes if one.passage.flags or one.passage.missing]
    good = [one for one in outcomes if not (one.passage.flags or one.passage.missing)]
    found = Counter(kind for one in harmful for kind in one.kinds_found)
    missed = Counter(kind for one in harmful for kind in one.kinds_missed)
    flags = found.total() + missed.total()
    print(f"{name}: {len(harmful)} harmful and {len(good)} good passages")
    print(
        f"  found {found.total()} of {flags} ({found.total() / max(flags, 1):.0%}); other findings in them: {sum(len(one.extra) for one in harmful)}"
    )
    for kind in sorted(found | missed):
        print(f"    {kind:14} found {found[kind]:3}  missed {missed[kind]:3}")
    blocked = [one for one in good if any(finding.severity == "block" for finding in one.extra)]
    noted = [one for one in good if len(one.extra) > 1]
    clean = [one for one in good if not one.extra]
    print(
        f"  good: {len(blocked)} of {len(good)} blocked, {len(noted)} with more than one note, {len(clean)} with none"
    )
    if show:
        _show(outcomes)


def _show(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        for words in one.missed:
            print(f"  missed in {one.passage.name}: {words}")
        for finding in one.extra:
            print(f"  extra in {one.passage.name}: {finding.severity} {finding.rule} `{finding.text}`")


def measured() -> dict[str, Counter[str]]:
    """Give for each rule how often it was right and wrong, in all passages of all sets."""
    counts: dict[str, Counter[str]] = {rule.id: Counter() for rule in shipped_rules().rules}
    for name in PASSAGE_SETS:
        for one in (outcome(passage) for passage in passages(name)):
            for finding in one.used:
                counts.setdefault(finding.rule, Counter())["right"] += 1
            for finding in one.extra:
                counts.setdefault(finding.rule, Counter())["wrong"] += 1
    for case in labelled_cases():
        material = parse_material(case.text, "case.md")
        result = check_material(material, shipped_contacts(), {}, today(), case.audience, case.nation)
        for finding in result.findings:
            verdict = "right" if finding.rule in case.expect else "wrong" if not case.expect else ""
            if verdict:
                counts.setdefault(finding.rule, Counter())[verdict] += 1
    return counts


def labelled_cases() -> tuple[Case, ...]:
    """Give the passages of the older sets, which name the rules that should find something."""
    return tuple(
        case
        for file in sorted(CASES.glob("*.yaml"))
        if file.name.split("-")[0] not in (*PASSAGE_SETS, RUN_ONCE)
        for case in load_yaml(file, CaseFile).value.cases
    )


def write_measured() -> None:
    """Write the figures that `coprod campaigns rules` shows."""
    rows = (
        f"  {rule}: {{right: {count['right']}, wrong: {count['wrong']}}}"
        for rule, count in sorted(measured().items())
    )
    head = (
        "# Written by `python -m benchmarks.found --write` from the sets in tests/campaigns/cases. Right: on words a\n"
        "# reviewer had marked. Wrong: on words in the same sets that nobody had marked, right or not.\nformat: 1\nrules:\n"
    )
    MEASURED.write_text(head + "\n".join(rows) + "\n", "utf-8")


def main() -> int:
    """Print the totals of each set named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.found", description=__doc__)
    parser.add_argument("sets", nargs="*", default=["unseen"])
    parser.add_argument("--show", action="store_true", help="name each passage")
    parser.add_argument("--write", action="store_true", help="write campaigns/checking/measured.yaml")
    arguments = parser.parse_args()
    if arguments.write:
        write_measured()
        return 0
    for name in arguments.sets:
        report(name, show=arguments.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
