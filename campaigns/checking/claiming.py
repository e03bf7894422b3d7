"""Claims: whether numbers, "most" and "research shows" have a source with a year, and whether it says so."""

import re
from collections.abc import Iterator

from campaigns.checking.citing import Releases, release_fault
from campaigns.checking.context import why_mentioned
from campaigns.checking.evidence import covers, is_released, shipped_evidence, year_of
from campaigns.checking.expressions import Expression
from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.reading import Reading
from campaigns.checking.rules import Severity
from campaigns.checking.wordsigns import SIGNS
from campaigns.materials.material import Claim
from coprod.kernel.yamlfile import nearest

_NUMBER_WORD = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_WHO = (
    r"(?:children|young people|people|girls|boys|victims|survivors|teen(?:ager)?s|cases|offenders|abusers|perpetrators"
    r"|parents|pupils|students|abuse|exploitation|families|young women|young men|women|men|groomers|offences|of (?:all|the|these|those|them|our))"
)
# Every claim but one in pounds begins where a word does: asked once for all of them, which is several times as fast.
_CLAIMS = Expression(
    r"\b(?=\w)(?:(?!100 ?%)\d+(?:\.\d+)? ?(?:%|per ?cent\b|percent\b)"
    rf"|{_NUMBER_WORD} (?:in|out of)(?: every)? (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\b"
    rf"|(?:almost |nearly |over |about |more than )?(?:a third|a quarter|half|two thirds|two-thirds|three quarters) of {_WHO}\b"
    rf"|\d{{1,3}}(?:,\d{{3}})+ (?:[a-z]+ ){{0,3}}{_WHO}|(?:thousands|hundreds|millions|tens of thousands) of (?:[a-z]+ ){{0,2}}{_WHO}"
    rf"|(?:most|the majority of|the vast majority of) (?:known |young |of |the |sexually exploited ){{0,3}}{_WHO}\b(?! important)"
    r"|(?:research|studies|evidence|statistics|figures|experts|data|surveys|science) (?:has |have |all |clearly )?(?:show|shows|shown|say|says|suggest|suggests|prove|proves|proven|agree|tell|tells|found|finds|reveal|reveals)\b"
    r"|(?:rising|soaring|growing|increasing|epidemic|on the rise|sky-?rocket\w*|doubled|trebled|tripled|more than ever)\b(?= (?:number|rate|cases|problem|threat|sharply|fast|every|since|in)|[.!])"
    r"|average age\b)|£\d[\d,.]*(?: ?(?:million|billion|bn|m))?(?= (?:for every|saved|a year|per))"
)
_LEDGER = "the workspace's ledger of releases"
_LIGHTER: dict[str, Severity] = {"claim-undated": "warn", "claim-not-compared": "ask", "claim-caveat": "ask"}
# Every claim has words with one of these signs; to look for them is far quicker than to look for claims.
_CLAIM = SIGNS.add(
    "%|cent|third|quarter|half|thousand|hundred|million|^tens$|most|majority|research|studies|evidence|statistics"
    "|figures|experts|data|surveys|science|rising|soaring|growing|increasing|epidemic|rise|sky|doubled|trebled"
    "|tripled|average|£"
)
_DIGIT = SIGNS.add("[0-9]")
_SECOND_NUMBER = SIGNS.add("[0-9]|^(?:two|three|four|five|six|seven|eight|nine|ten|twenty)$")
_CITED = Expression(
    r"(?:19|20)\d\d\b.{0,40}\)|\((?:[^()]{0,120})(?:19|20)\d\d[a-z]?\)|\baccording to\b.{0,120}(?:19|20)\d\d|\bin (?:19|20)\d\d\b|\[\d+\]|\bsource:|(?:19|20)\d\d (?:survey|study|report|audit|figures|data|review|briefing)"
)


def claim_findings(reading: Reading, releases: Releases | None = None) -> Iterator[Finding]:
    """Give claims without a source and year, and claims whose source does not hold or does not say so.

    `releases` is what our own analysis released, by id; None: no ledger is at hand.
    """
    front = reading.material.front
    claims = front.claims if front else ()
    for number, claim in enumerate(claims):
        if is_released(claim):
            fault = release_fault(claim, releases)
            if fault is not None:
                yield _at_source(reading, number, claim, *fault, source=_LEDGER)
        else:
            yield from _declared(reading, number, claim)
    for number in reading.body:
        if reading.blocks[number].kind != "code":
            yield from _unsourced(reading, number, claims)


def _declared(reading: Reading, number: int, claim: Claim) -> Iterator[Finding]:
    evidence = shipped_evidence()
    statement = evidence.statement(claim.source)
    looks_like_ours = re.fullmatch(r"[a-z]+(?:-\d{4})?/[a-z0-9-]+", claim.source) is not None
    if statement is None and looks_like_ours:
        known = [one.id for one in evidence.statements]
        yield _at_source(
            reading,
            number,
            claim,
            "claim-source-unknown",
            f"There is no statement `{claim.source}`.",
            nearest(claim.source, known),
        )
    elif statement is None and year_of(claim) is None:
        yield _at_source(
            reading,
            number,
            claim,
            "claim-undated",
            "This source has no year.",
            "Write who said it and in which year.",
        )
    elif statement is not None:
        unheld = [
            found
            for found in re.findall(r"\d+", claim.text)
            if found not in re.findall(r"\d+", statement.says)
        ]
        against = evidence.contradicting(claim.text.lower())
        if unheld or against is statement:
            what = f"The source says: {statement.says}"
            yield _at_source(
                reading, number, claim, "claim-differs", what, statement.caveat or "Say what the source says."
            )
        elif statement.caveat and re.search(r"\d", claim.text) and str(statement.year) not in claim.text:
            what = f"The source says more about this number: {statement.caveat}"
            yield _at_source(reading, number, claim, "claim-caveat", what, "Say so too, with the year.")


def _at_source(  # noqa: PLR0913  what a finding says, and the claim it is about
    reading: Reading, number: int, claim: Claim, rule: str, what: str, mend: str, *, source: str = ""
) -> Finding:
    place = reading.material.front_place("claims", number, "source")
    severity: Severity = _LIGHTER.get(rule, "block")
    return Finding(
        rule,
        severity,
        place.line,
        place.column,
        place.line,
        place.column + len(claim.source),
        claim.source,
        what,
        mend,
        source or shipped_evidence().source,
        "structure",
    )


def could_claim(text: str, signs: int) -> bool:
    """Tell whether folded text with words of these signs could hold a claim about a quantity or research."""
    return bool(
        signs & _CLAIM
        or (signs & _DIGIT and "," in text)
        or (signs & _SECOND_NUMBER and (" in " in text or " out of " in text))
        or "more than ever" in text
        or not text.isascii()
    )


def claims_in(text: str) -> list[re.Match[str]]:
    """Give where folded text says how many, or what research shows."""
    return list(_CLAIMS.finditer(text))


def _unsourced(reading: Reading, number: int, claims: tuple[Claim, ...]) -> Iterator[Finding]:
    """Give at most one finding a sentence that claims a quantity or research and cites nothing."""
    text = reading.block_text(number)
    if not could_claim(text, reading.signs(number)):
        return
    found = claims_in(text)
    has_link = any(style.link for style in reading.blocks[number].styles)
    if not found or has_link or _CITED.search(text):
        return
    done: set[tuple[int, int]] = set()
    for match in found:
        sentence = reading.sentence_at(number, match.start())
        if sentence in done:
            continue
        done.add(sentence)
        written = text[sentence[0] : sentence[1]]
        if any(covers(claim, written) for claim in claims):
            continue
        if why_mentioned(reading, number, match.start(), match.end()):
            continue
        saying = Saying(
            "claim-unsourced",
            "warn",
            "This says how many, or what research shows, without a source and a year.",
            "Name the source and its year here, or in `claims`; or leave it out.",
            "NHS and GOV.UK content style",
            "structure",
        )
        yield finding_at(reading, Spot(number, match.start(), match.end()), saying)
