"""The check: one material in, every finding, mention and count out. Pure: no clock, no disk, no screen."""

import re
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from campaigns.checking.context import IN_QUOTATION_MARKS, why_mentioned
from campaigns.checking.evidence import covers, year_of
from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.initials import initials_findings, needs_spelling_out
from campaigns.checking.matching import Match, Matcher, shipped_matcher
from campaigns.checking.one_sided import one_sided_findings
from campaigns.checking.readability import Readability, readability_of_texts
from campaigns.checking.reading import Reading
from campaigns.checking.resembling import RULE as RESEMBLES
from campaigns.checking.resembling import (
    Taken,
    may_read_like_harm,
    reads_like_harm,
    reads_well,
    resembling_findings,
)
from campaigns.checking.rules import SEVERITIES, RuleBook, Severity
from campaigns.checking.situation import Situation
from campaigns.checking.statute import definition_blocks
from campaigns.checking.structure import structural_findings
from campaigns.checking.verbs import VerbCount, count_verbs, verb_findings, who_acts
from campaigns.materials.material import Material, parse_material
from coprod.kernel.contacts import Audience, ContactRegistry, Nation
from coprod.kernel.released import CitableRelease

Kind = Literal["material", "record"]
PASTED = "pasted text"
A_BLOCK_WEIGHS = 3  # as much as this many rules of judgement, against a sentence that reads well
_HOLDS_FOR_RECORDS = frozenset(
    {
        "hidden-direction",
        "hidden-characters",
        "lookalike-letters",
        "contact-number",
        "definition-misquoted",
        "definition-paraphrased",
        "definition-of-another-nation",
        "signs-without-perpetrator",
        "signs-without-caveat",
        "nobody-does-the-verb",
        "child-does-the-verb",
        RESEMBLES,
    }
)

_DATED_SOURCE = re.compile(
    r"\([^()]{0,80}(?:19|20)\d\d[^()]{0,20}\)|\b(?:audit|report|study|review|inquiry)\b[^.]{0,110}(?:19|20)\d\d"
)
_PLACE = re.compile(
    r"\b(?:england|wales|scotland|northern ireland|uk|police force|forces?|local authority|town|city|area|national)\b"
)
_LIMITS = re.compile(
    r"not recorded|no national conclusion|no conclusion|cannot be|can not be|limit(?:s|ed|ations)\b|incomplete|missing data|not known|too few|only (?:those|three|where)"
)


class CheckResult(Struct, frozen=True):
    """What a check found. Mentions are words a rule is about that are quoted, rejected or reported.

    `welsh_words` were neither measured nor compared with words to avoid.
    """

    path: str
    audience: Audience | None
    nation: Nation | None
    findings: tuple[Finding, ...]
    mentions: tuple[Finding, ...]
    readability: Readability
    verbs: VerbCount = VerbCount()
    welsh_words: int = 0

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Give the findings as heavy as `severity` or heavier."""
        heavy = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(finding for finding in self.findings if finding.severity in heavy)


def check_material(  # noqa: PLR0913  the brief of a check; all but three have defaults
    material: Material,
    registry: ContactRegistry,
    confirmed: Mapping[str, date],
    today: date,
    audience: Audience | None = None,
    nation: Nation | None = None,
    *,
    book: RuleBook | None = None,
    kind: Kind = "material",
    releases: Mapping[str, CitableRelease] | None = None,
) -> CheckResult:
    """Give everything the rules, the structure and the counts say about a material.

    `confirmed` says when the service last confirmed each contact, by id. `audience` and `nation` win over
    what the front matter says. Readability gives at most one question and never blocks. A record (a referral,
    an assessment, a report) is for professionals and is not asked for what only a campaign must have.
    `releases` is what the workspace's analysis released, by id, for claims that cite it.
    """
    front = material.front
    situation = Situation(
        audience or (front.audience if front else "professionals" if kind == "record" else None),
        nation or (front.nation if front else None),
        registry,
        dict(confirmed),
        today,
        releases,
    )
    reading = Reading(material)
    readability = readability_of_texts([reading.blocks[number].text for number in reading.body])
    worded, mentions, heard = _wording(reading, situation, Matcher(book) if book else shipped_matcher())
    acts = who_acts(reading)
    beside = (*structural_findings(reading, situation, readability), *verb_findings(reading, acts))
    firm = (*worded, *beside)
    said = (*firm, *_second_reading(reading, situation, firm, heard))
    findings = sorted(said if kind == "material" else _of_record(said), key=lambda finding: finding.order)
    return CheckResult(
        material.path,
        situation.audience,
        situation.nation,
        tuple(findings),
        tuple(sorted(mentions, key=lambda mention: mention.order)),
        readability,
        count_verbs(acts),
        sum(len(reading.blocks[number].text.split()) for number in material.welsh),
    )


def _second_reading(
    reading: Reading, situation: Situation, firm: tuple[Finding, ...], heard: tuple[Spot, ...]
) -> tuple[Finding, ...]:
    """Give what is asked where rules have said nothing: initials, sentences that read like marked ones, and,
    in a text that reads like harm, what it leaves out.
    """
    warnings = sum(finding.severity != "ask" and bool(finding.text) for finding in firm)
    is_harmful = reads_like_harm(reading, warnings)
    found = initials_findings(reading, reads_like_harm=is_harmful)
    taken = Taken(firm)
    initials = tuple(one for one in found if not taken.overlap(one))
    resembling = resembling_findings(reading, heard, (*firm, *initials), reads_like_harm=is_harmful)
    asked = (*initials, *resembling)
    if not is_harmful and (firm or asked or not may_read_like_harm(reading, warnings)):
        return asked
    spoken = {finding.rule for finding in firm}
    return (*asked, *one_sided_findings(reading, situation, spoken, reads_like_harm=is_harmful))


def _is_harmful(
    reading: Reading, kept: Sequence[Match], found: Sequence[Match], doubted: frozenset[int]
) -> bool:
    """Tell whether a text does harm: then the broad rules are heard too. Harm seldom comes alone.

    One block is enough, if it is not `doubted`; otherwise what firm rules warn of and how its sentences read are
    weighed together. Where all that was `found` is only mentioned and none of it `kept`, the text is about words.
    """
    if any(one.rule.severity == "block" and id(one) not in doubted for one in kept):
        return True
    return (bool(kept) or not found) and reads_like_harm(reading, _warned(reading, kept))


def _warned(reading: Reading, kept: Sequence[Match]) -> int:
    """Give how many different words are warned of or blocked."""
    words = (reading.block_text(one.block)[one.start : one.end] for one in kept if one.rule.severity != "ask")
    return len(set(words))


def _doubted(reading: Reading, kept: Sequence[Match]) -> frozenset[int]:
    """Give the ids of blocks in a sentence and a text that both read well. They are shown as warnings: for people
    to decide, as no list of words can know every good way to use one. No block speaks for itself in that: whether
    the text reads well is asked of all else in it. Law is never doubted.
    """
    blocking = [one for one in kept if one.rule.severity == "block" and not one.rule.fact]
    others = [one for one in kept if one.rule.severity != "block"]
    if not blocking or reads_like_harm(reading, _warned(reading, others)):
        return frozenset()
    return frozenset(id(one) for one in blocking if reads_well(reading, one.block, one.start, A_BLOCK_WEIGHS))


def _of_record(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.category != "structure" or one.rule in _HOLDS_FOR_RECORDS]


def check_text(  # noqa: PLR0913  the brief of a check; all but three have defaults
    text: str,
    registry: ContactRegistry,
    today: date,
    audience: Audience | None = None,
    nation: Nation | None = None,
    *,
    confirmed: Mapping[str, date] | None = None,
    path: str = PASTED,
    is_markdown: bool = False,
) -> CheckResult:
    """Give the check of a text that is pasted or being typed.

    This is what an editor calls after each change, with `is_markdown` and the material's `path`: what is asked
    of a sentence is remembered, so only the sentences that changed are read again (a leaflet in well under 50 ms).
    Whether pictures are there is not looked at. Raises BadInputError when there is nothing in the text, or its
    front matter cannot be read yet.
    """
    material = parse_material(text, path, is_markdown=is_markdown)
    return check_material(material, registry, confirmed or {}, today, audience, nation)


def _wording(
    reading: Reading, situation: Situation, matcher: Matcher
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Spot, ...]]:
    """Give the findings and the mentions of all packs, and where both stand."""
    use = _Use(reading)
    heard = _heard(reading, situation, matcher)
    firm = [one for one in heard if not one.rule.in_company]
    kept, taken = _merged(firm, use)
    doubted = _doubted(reading, kept)
    if len(firm) < len(heard) and _is_harmful(reading, kept, firm, doubted):
        kept, _ = _merged([*firm, *(one for one in heard if one.rule.in_company)], use)
    warned = [one for one in kept if one.rule.severity != "ask"]
    if not reads_like_harm(reading, len(warned)):
        kept = [one for one in kept if not _is_misread(reading, one, firm)]
    free = _Taken()
    beside = [
        match
        for match in firm
        if not taken.get(match.block, free).near(match.start, match.end) and use.because(match)
    ]
    findings = tuple(
        finding_at(
            reading, _spot(match), _softer(matcher.saying(match.rule), is_doubted=id(match) in doubted)
        )
        for match in kept
    )
    mentions = tuple(
        finding_at(reading, _spot(match), matcher.saying(match.rule), use.because(match))
        for match in _merged(beside)[0]
    )
    return findings, mentions, tuple(_spot(match) for match in (*kept, *beside))


def _heard(reading: Reading, situation: Situation, matcher: Matcher) -> list[Match]:
    """Give what the rules for these readers match, without initials that the text spells out."""
    found = matcher.matches(reading, situation.audience, situation.nation)
    return [one for one in found if one.rule.lifted_by != "spelling-out" or needs_spelling_out(reading, one)]


def _softer(saying: Saying, *, is_doubted: bool) -> Saying:
    return replace(saying, severity="warn") if is_doubted else saying


class _Use:
    """Why words that rules are about are not used in one reading, each asked once, and only where it matters."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._because: dict[int, str] = {}

    def because(self, match: Match) -> str:
        """Give why a match is a mention or lifted, or ""."""
        known = self._because.get(id(match))
        if known is None:
            lifted = "" if match.rule.in_company else _why_lifted(self._reading, match)
            known = lifted or why_mentioned(self._reading, match.block, match.start, match.end)
            if match.rule.where == "pictures" and known == IN_QUOTATION_MARKS:
                known = ""  # what a picture shows is often written in quotation marks
            self._because[id(match)] = known
        return known


def _spot(match: Match) -> Spot:
    return Spot(match.block, match.start, match.end)


def _why_lifted(reading: Reading, match: Match) -> str:
    """Give why a dated claim or the exact statutory wording lifts a rule, or ""."""
    if match.block in definition_blocks(reading):
        return "it stands in the statutory definition, quoted exactly"
    front = reading.material.front
    if match.rule.lifted_by != "dated-claim":
        return ""
    if front is None:
        return _why_sourced_here(reading.block_text(match.block))
    opened, closed = reading.around(match.block, match.start, match.end)
    sentence = reading.block_text(match.block)[opened:closed]
    for claim in front.claims:
        if covers(claim, sentence) and year_of(claim) and claim.place and claim.limits:
            return "a claim gives its source, date, place and limits"
    return ""


def _is_misread(reading: Reading, match: Match, found: Sequence[Match]) -> bool:
    """Tell whether a rule of judgement or of meanings, neither of which blocks, stands in a sentence that reads well.

    The more rules have `found` something in the sentence, the better it must read. Wrong law is wrong however well
    it reads.
    """
    is_firm = bool(match.rule.fact) or (match.rule.confidence != "judgement" and not match.rule.reads_meaning)
    if is_firm or match.rule.severity == "block":
        return False
    opened, closed = reading.sentence_at(match.block, match.start)
    agreeing = {one.rule.id for one in found if one.block == match.block and opened <= one.start < closed}
    return reads_well(reading, match.block, match.start, max(1, len(agreeing)))


def _why_sourced_here(paragraph: str) -> str:
    """Give why a paragraph of plain text, which declares no claims, speaks of ethnicity with care."""
    is_careful = _DATED_SOURCE.search(paragraph) and _PLACE.search(paragraph) and _LIMITS.search(paragraph)
    return "the paragraph gives its source, date, place and limits" if is_careful else ""


def _weight(match: Match) -> tuple[int, int, int, int]:
    """Give the key that puts rules that name words first, then broad ones last; the heaviest, then longest, first."""
    return (match.breadth, SEVERITIES.index(match.rule.severity), match.start - match.end, match.start)


class _Taken:
    """Stretches of one block that are taken, sorted; none covers another."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int]] = []
        self.longest = 0

    def near(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the stretches that share a letter with the one asked about."""
        first = bisect_left(self.spans, (start - self.longest, 0))
        last = bisect_left(self.spans, (end, 0))
        return [span for span in self.spans[first:last] if span[1] > start]

    def take(self, start: int, end: int) -> None:
        insort(self.spans, (start, end))
        self.longest = max(self.longest, end - start)


def _merged(found: Sequence[Match], use: _Use | None = None) -> tuple[list[Match], dict[int, _Taken]]:
    """Keep the heaviest, then longest, of matches that cover the same words; give what they take by block.

    With `use`, words that are only mentioned take nothing.
    """
    kept: list[Match] = []
    taken: dict[int, _Taken] = {}
    for match in sorted(found, key=_weight):
        block = taken.setdefault(match.block, _Taken())
        near = block.near(match.start, match.end)
        is_said = bool(near) if match.rule.reads_meaning else any(_covers(span, match) for span in near)
        if not is_said and not (use and use.because(match)):
            kept.append(match)
            block.take(match.start, match.end)
    return kept, taken


def _covers(span: tuple[int, int], match: Match) -> bool:
    """Tell whether one of the two lies in the other."""
    start, end = span
    return (start <= match.start and match.end <= end) or (match.start <= start and end <= match.end)
