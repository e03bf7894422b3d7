"""`coprod campaigns`: check materials, list and explain rules; panel, sign-off and release."""

import argparse
import gc
import importlib
import os
import re
import sys
from pathlib import Path
from typing import Any

import platformdirs

from campaigns.checking.check import CheckResult
from campaigns.checking.concepts import Concept, shipped_concepts
from campaigns.checking.explained import WholeTextRule, whole_text_rules
from campaigns.checking.findings import Finding
from campaigns.checking.measured import shipped_measures
from campaigns.checking.resembling import RULE as SECOND_READER
from campaigns.checking.resembling import second_reader_explained
from campaigns.checking.rules import SEVERITIES, Rule, shipped_rules
from campaigns.checking.verbs import VerbCount
from coprod.cli.output import add_format, print_error, print_json, print_line
from coprod.clock import today
from coprod.journeys.checking.checkformats import as_page, as_sarif, summary
from coprod.journeys.checking.checks import SELDOM, CheckBrief, Checked, check_paths
from coprod.kernel.contacts import AUDIENCES, NATIONS
from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import nearest
from coprod.workspace import find_workspace

WIDTH = 100
FEW = 6
WAIVED_BY = {
    "two-roles": "two people in different roles",
    "one-role": "one person",
    "nobody": "nobody: mend it",
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check`, `rules` and `explain`, and the commands of the panel and the release."""
    check = commands.add_parser("check", help="what a careful reviewer would look at again")
    check.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="materials (.md, .txt, .html, .docx, .pdf, .srt), folders, or - for pasted text",
    )
    check.add_argument(
        "--audience", choices=AUDIENCES, help="who it is for, instead of what the material says"
    )
    check.add_argument(
        "--nation", choices=NATIONS, help="where it is read, instead of what the material says"
    )
    check.add_argument(
        "--fail-on", choices=SEVERITIES, default="block", help="end with 1 from this weight on"
    )
    check.add_argument(
        "--kind",
        choices=("material", "record"),
        default="material",
        help="record: a referral, assessment or report; nothing of it is remembered",
    )
    check.add_argument("--afresh", action="store_true", help="read everything again, and remember nothing")
    check.add_argument(
        "--format", choices=("text", "json", "sarif", "html"), default="text", help="how to print the result"
    )
    check.set_defaults(run=check_files)
    rules = commands.add_parser("rules", help="every rule, with its weight and why it is there")
    add_format(rules)
    rules.set_defaults(run=list_rules)
    explain = commands.add_parser("explain", help="why a rule is there, and what it says about a line")
    explain.add_argument("rule", metavar="RULE", help="a rule id, as `rules` lists them")
    explain.add_argument("place", nargs="?", metavar="FILE:LINE", help="the place to explain it on")
    add_format(explain)
    explain.set_defaults(run=explain_rule)
    importlib.import_module("coprod.cli.release").add_commands(commands)


def check_files(arguments: argparse.Namespace) -> int:
    """Check every file and folder. Gives 1 when a finding weighs as much as --fail-on or more."""
    # What a check makes stays until the command ends: to look for rings in it again and again costs a tenth of the time.
    gc.set_threshold(*SELDOM)
    if sys.stderr.isatty() and any(Path(path).is_dir() for path in arguments.paths):
        print_error("Checking. Ctrl+C stops it.")
    at_once = os.cpu_count() or 1
    checked = check_paths(arguments.paths, find_workspace(Path.cwd()), _brief(arguments), at_once)
    results = [one.result for one in checked]
    if arguments.format == "json":
        print_json({"files": [_as_json(result) for result in results]})
    elif arguments.format == "sarif":
        print_json(as_sarif(results))
    elif arguments.format == "html":
        print_line(as_page(checked).rstrip())
    else:
        for one in checked:
            _print_result(one)
        _print_total(results)
    return int(any(result.at_least(arguments.fail_on) for result in results))


def _brief(arguments: argparse.Namespace) -> CheckBrief:
    folder = (
        None if arguments.afresh else Path(platformdirs.user_cache_dir("coprod", appauthor=False)) / "checks"
    )
    return CheckBrief(today(), arguments.audience, arguments.nation, arguments.kind, folder)


def list_rules(arguments: argparse.Namespace) -> int:
    """Print every rule by category."""
    book, measures = shipped_rules(), shipped_measures()
    if arguments.format == "json":
        rules = [
            {
                "rule": rule.id,
                "category": pack.pack,
                "severity": rule.severity,
                "audience": rule.audience,
                "why": rule.why,
                "instead": rule.instead,
                "source": book.titles(rule),
                "confidence": rule.confidence,
                "contested": rule.contested,
                "measured": measures.get(rule.id),
            }
            for pack in book.packs
            for rule in pack.rules
        ]
        print_json({"rules": rules, "whole_text": whole_text_rules()})
        return 0
    for pack in book.packs:
        print_line(f"{pack.title} ({pack.pack})")
        for rule in pack.rules:
            print_line(f"  {rule.severity:5} {rule.id} ({_precision(rule)}): {rule.why}")
    print_line("About the text as a whole (structure)")
    for name, whole in whole_text_rules().items():
        print_line(f"  {whole.weight:5} {name}: {whole.why}")
    print_line()
    print_line("`coprod campaigns explain RULE` shows a rule's words, source and examples.")
    return 0


def explain_rule(arguments: argparse.Namespace) -> int:
    """Print one rule, and what it finds in one line of a file."""
    rules = {rule.id: rule for rule in shipped_rules().rules}
    rule = rules.get(arguments.rule)
    found = _found_on(arguments.rule, arguments.place) if arguments.place else []
    if arguments.rule == SECOND_READER and not arguments.place:
        return _explain_second_reader(arguments.format)
    whole = whole_text_rules().get(arguments.rule)
    if rule is None and whole is None and arguments.rule != SECOND_READER:
        known = {**rules, **whole_text_rules(), SECOND_READER: None}
        what = f"there is no rule `{arguments.rule}`"
        raise BadInputError.of(arguments.rule, what, nearest(arguments.rule, known))
    if arguments.format == "json":
        print_json({"rule": rule or whole, "found": found})
        return 0
    if rule is not None:
        _print_rule(rule)
    elif whole is not None:
        _print_whole_text_rule(arguments.rule, whole)
    for finding in found:
        state = f"a mention: {finding.because}" if finding.because else f"a finding ({finding.severity})"
        print_line(f"{arguments.place}:{finding.column}: `{finding.text}` is {state}")
        if rule is None:
            print_line(f"  {finding.message} {finding.instead}")
    if arguments.place and not found:
        print_line(f"{arguments.place}: this rule says nothing about this line")
    return 0


def _print_whole_text_rule(name: str, rule: WholeTextRule) -> None:
    print_line(f"{name}: {rule.weight}, about the text as a whole")
    print_line(f"  finds: {rule.finds}")
    print_line(f"  why: {rule.why}")
    print_line(f"  instead: {rule.instead}")
    print_line(f"  source: {rule.source}")


def _explain_second_reader(format_: str) -> int:
    """Print how the second reader came to what it asks, and what it says of each kind of line."""
    explained = second_reader_explained()
    if format_ == "json":
        print_json({"rule": explained, "found": []})
        return 0
    print_line(f"{SECOND_READER}: ask, for everyone, {explained.how}")
    for name, kind in explained.kinds.items():
        print_line(f"  {name}: lines that {kind.does}")
        print_line(f"    why: {kind.why}")
        print_line(f"    instead: {kind.instead}")
    print_line(f"  source: {explained.source}")
    return 0


def _precision(rule: Rule) -> str:
    measured = shipped_measures().get(rule.id)
    return measured.shown if measured else "not measured"


def _found_on(rule: str, place: str) -> list[Finding]:
    path, _, line = place.rpartition(":")
    if not path or not line.isdecimal():
        raise BadInputError.of(place, "this is not FILE:LINE", "write a file, a colon and a line number")
    (checked,) = check_paths([path], find_workspace(Path.cwd()), CheckBrief(today()))
    result = checked.result
    return [
        finding
        for finding in (*result.findings, *result.mentions)
        if finding.rule == rule and finding.line <= int(line) <= finding.end_line
    ]


def _as_json(result: CheckResult) -> dict[str, Any]:
    readability = result.readability
    return {
        "path": result.path,
        "audience": result.audience,
        "nation": result.nation,
        "findings": result.findings,
        "mentions": result.mentions,
        "readability": {
            "grade_low": readability.grade_low,
            "grade_high": readability.grade_high,
            "words": readability.words,
            "sentences": readability.sentences,
            "syllables": readability.syllables,
            "too_short": readability.is_too_short,
        },
        "verbs": result.verbs,
        "welsh_words": result.welsh_words,
    }


def _print_result(checked: Checked) -> None:
    result = checked.result
    print_line(f"{result.path}: {summary(result)}")
    lines = checked.source.split("\n")
    if result.verbs.share is not None:
        print_line(f"  {_who_acts(result.verbs)}")
    for finding in result.findings:
        _print_finding(result.path, finding, lines)
    if result.mentions:
        print_line(f"  {len(result.mentions)} mentioned, not used:")
    for mention in result.mentions:
        print_line(
            f"    {mention.line}:{mention.column} `{mention.text}` ({mention.rule}): {mention.because}"
        )
    print_line()


def _who_acts(verbs: VerbCount) -> str:
    named = f"the person who harms acts in {verbs.person_who_harms}"
    return f"{verbs.harm_sentences} sentences about harm: {named}, nobody in {verbs.hidden}, the child in {verbs.child}"


def _print_finding(path: str, finding: Finding, lines: list[str]) -> None:
    page = f" (page {finding.page})" if finding.page else ""
    print_line(f"  {path}:{finding.line}:{finding.column}:{page} {finding.severity} {finding.rule}")
    is_whole_text = finding.line == finding.end_line and finding.column == finding.end_column
    if not is_whole_text:
        shown, carets = underlined(lines[finding.line - 1], finding)
        print_line(f"    | {shown}")
        print_line(f"    | {carets}")
    print_line(f"    why: {finding.message}")
    print_line(f"    instead: {finding.instead}")
    print_line(f"    source: {finding.source}")


def underlined(line: str, finding: Finding) -> tuple[str, str]:
    """Give a part of the line that fits a screen, and carets under the words the finding is about.

    Characters that take no room or two columns may shift the carets; line and column stay right.
    """
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    left = max(0, min(start - 20, len(line) - WIDTH)) if len(line) > WIDTH else 0
    right = min(len(line), left + WIDTH)
    before, after = ("..." if left else ""), ("..." if right < len(line) else "")
    shown = before + line[left:right].replace("\t", " ") + after
    carets = " " * (len(before) + start - left) + "^" * max(1, min(end, right) - start)
    return shown, carets


def _print_total(results: list[CheckResult]) -> None:
    blocked = sum(bool(result.at_least("block")) for result in results)
    print_line(
        f"{len(results)} checked, {blocked} blocked. A check finds words, not meaning: young people read it next."
    )


def _print_rule(rule: Rule) -> None:
    book = shipped_rules()
    readers = rule.audience if isinstance(rule.audience, str) else ", ".join(rule.audience)
    print_line(f"{rule.id}: {rule.severity}, for {readers}, {rule.confidence}")
    print_line(f"  why: {rule.why}")
    print_line(f"  instead: {rule.instead}")
    print_line(f"  source: {book.titles(rule)}")
    print_line(f"  measured on our own passages: {_precision(rule)}")
    if rule.severity == "warn":
        print_line(f"  may be waived by: {WAIVED_BY[rule.waived_by]}")
    if rule.in_company:
        print_line("  heard only where the text does harm in other words too")
    if rule.contested:
        print_line(f"  contested: {rule.contested}")
    for title, entries in (
        ("looks for", rule.avoid),
        ("not where the sentence has", rule.unless),
        ("finds", rule.must_match),
        ("leaves alone", rule.must_not_match),
    ):
        for entry in entries:
            print_line(f"  {title}: {entry}")
    for name, concept in _concepts_in((*rule.avoid, *rule.unless)).items():
        print_line(f"  <{name}> is {concept.means}: {', '.join(concept.words.split(', ')[:FEW])}…")


def _concepts_in(patterns: tuple[str, ...]) -> dict[str, Concept]:
    names = [name for pattern in patterns for name in re.findall(r"<([a-z-]+)>", pattern)]
    return {name: shipped_concepts()[name] for name in names}
