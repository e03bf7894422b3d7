"""A check as SARIF 2.1.0, for code hosts and editors, and as one web page, for people."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from campaigns.checking.check import CheckResult
from campaigns.checking.findings import Finding

_LEVELS = {"block": "error", "warn": "warning", "ask": "note"}
_STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "article{border-left:.4rem solid #777;padding:.2rem 1rem;margin:1rem 0}.block{border-color:#a3001b}.warn{border-color:#8a5a00}"
    ".ask{border-color:#1d4f91}mark{background:#fff1b8;color:#1b1b1b}dt{font-weight:700}dd{margin:0 0 .4rem}"
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


def as_page(results: Sequence[CheckResult]) -> str:
    """Give one web page, without scripts or anything from elsewhere, that lists all findings."""
    body = "".join(part for result in results for part in _file_parts(result))
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Check of {len(results)} files</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>Check of {len(results)} files</h1><p>A check finds words, not meaning: young people read it next.</p>"
        f"{body}</main></body></html>\n"
    )


def _file_parts(result: CheckResult) -> Iterator[str]:
    counts = ", ".join(
        f"{sum(finding.severity == severity for finding in result.findings)} {severity}"
        for severity in _LEVELS
    )
    yield f"<section><h2>{escape(result.path)}</h2><p>{counts}; {result.readability.words} words.</p>"
    for finding in result.findings:
        yield _finding_part(finding)
    if result.mentions:
        yield "<h3>Mentioned, not used</h3><ul>"
        for mention in result.mentions:
            place = f"{mention.line}:{mention.column}"
            yield f"<li>{place} <q>{escape(mention.text)}</q> ({escape(mention.rule)}): {escape(mention.because)}</li>"
        yield "</ul>"
    yield "</section>"


def _finding_part(finding: Finding) -> str:
    words = f" <mark>{escape(finding.text)}</mark>" if finding.text else ""
    rows = (("Why", finding.message), ("Instead", finding.instead), ("Source", finding.source))
    details = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    title = f"{finding.line}:{finding.column} {finding.severity}: {escape(finding.rule)}"
    return f'<article class="{finding.severity}"><h3>{title}{words}</h3><dl>{details}</dl></article>'
