"""A check as SARIF 2.1.0, for code hosts and editors, and as one web page, for people."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from campaigns.checking.check import CheckResult
from campaigns.checking.findings import Finding
from coprod.journeys.checking.checks import Checked

_LEVELS = {"block": "error", "warn": "warning", "ask": "note"}
_AROUND = 60
_STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "article{border-left:.4rem solid #777;padding:.2rem 1rem;margin:1rem 0}.block{border-color:#a3001b}.warn{border-color:#8a5a00}"
    ".ask{border-color:#1d4f91}h2,blockquote,q,dd{overflow-wrap:anywhere}h3{margin:.4rem 0 0}.place{margin:0;color:#4a4a4a}blockquote{margin:.6rem 0;padding:.4rem .6rem;background:#f4f4f4;white-space:pre-wrap}mark{background:#fff1b8;color:#1b1b1b}dt{font-weight:700}dd{margin:0 0 .4rem}"
)


def as_sarif(results: Sequence[CheckResult]) -> dict[str, Any]:
    """Give the findings of all files as a SARIF 2.1.0 document. Mentions are suppressed results."""
    rules: dict[str, dict[str, Any]] = {}
    found = []
    for result in results:
        for finding in (*result.findings, *result.mentions):
            rules.setdefault(
                finding.rule,
                {
                    "id": finding.rule,
                    "shortDescription": {"text": finding.message},
                    "help": {"text": f"{finding.instead} Source: {finding.source}"},
                    "properties": {"category": finding.category},
                },
            )
            found.append(_sarif_result(result.path, finding))
    driver = {"name": "coprod", "rules": list(rules.values())}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}],
    }


def _sarif_result(path: str, finding: Finding) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    place = {"artifactLocation": {"uri": path.replace("\\", "/")}, "region": region}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} Instead: {finding.instead}"},
        "locations": [{"physicalLocation": place}],
    }
    if finding.because:
        result["suppressions"] = [{"kind": "external", "justification": f"a mention: {finding.because}"}]
    return result


def summary(result: CheckResult) -> str:
    """Give the findings by weight and how hard the text is to read, in one line. Welsh is not measured, and said so."""
    counts = ", ".join(
        f"{sum(finding.severity == severity for finding in result.findings)} {severity}"
        for severity in _LEVELS
    )
    grades = result.readability
    welsh = f"{result.welsh_words} words of Welsh are not measured here: a Welsh reader looks at them"
    if not grades.words and result.welsh_words:
        return f"{counts}; {welsh}"
    reading = (
        f"too short to score ({grades.words} words)"
        if grades.is_too_short
        else f"grade {grades.grade_low} to {grades.grade_high}, {grades.words} words, {grades.sentences} sentences"
    )
    return f"{counts}; {reading}" + (f"; {welsh}" if result.welsh_words else "")


def as_page(checked: Sequence[Checked]) -> str:
    """Give one web page, without scripts or anything from elsewhere, that lists all findings in their lines."""
    body = "".join(part for one in checked for part in _file_parts(one))
    title = "Check of one file" if len(checked) == 1 else f"Check of {len(checked)} files"
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{title}</h1><p>A check finds words, not meaning: young people read it next.</p>"
        f"{body}</main></body></html>\n"
    )


def _file_parts(one: Checked) -> Iterator[str]:
    result, lines = one.result, one.source.split("\n")
    yield f"<section><h2>{escape(result.path)}</h2><p>{escape(summary(result))}.</p>"
    for finding in result.findings:
        yield _finding_part(finding, lines)
    if result.mentions:
        yield "<h3>Mentioned, not used</h3><ul>"
        for mention in result.mentions:
            place = f"line {mention.line}, column {mention.column}"
            yield f"<li>{place}: <q>{escape(mention.text)}</q> ({escape(mention.rule)}): {escape(mention.because)}</li>"
        yield "</ul>"
    yield "</section>"


def _finding_part(finding: Finding, lines: Sequence[str]) -> str:
    rows = (("Why", finding.message), ("Instead", finding.instead), ("Source", finding.source))
    details = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    has_place = (finding.line, finding.column) != (finding.end_line, finding.end_column)
    page = f"page {finding.page}, " if finding.page else ""
    place = f"{page}line {finding.line}, column {finding.column}" if has_place else "the whole text"
    words = _in_its_line(finding, lines) if has_place else ""
    title = f"{finding.severity}: {escape(finding.rule)}"
    return f'<article class="{finding.severity}"><h3>{title}</h3><p class="place">{place}</p>{words}<dl>{details}</dl></article>'


def _in_its_line(finding: Finding, lines: Sequence[str]) -> str:
    """Give the words marked, with what stands around them in the file."""
    line, start = lines[finding.line - 1], finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    left, right = max(0, start - _AROUND), min(len(line), end + _AROUND)
    before = ("…" if left else "") + line[left:start]
    after = line[end:right] + ("…" if right < len(line) else "")
    return f"<blockquote>{escape(before)}<mark>{escape(line[start:end])}</mark>{escape(after)}</blockquote>"
