"""The statutory definition: whether a text quotes it exactly."""

from campaigns.checking.evidence import compare_definition, shipped_evidence
from campaigns.checking.expressions import Expression
from campaigns.checking.findings import Finding, Saying, finding_at, whole_block
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation

_DEFINES = Expression(
    r"\b(?:child sexual exploitation|cse|sexual exploitation of (?:a child|children))\b[^.]{0,40}\b(?:is|means|is defined as|:)[^.]{0,30}\b(?:form|type|kind) of\b"
    r"|\b(?:definition|defined)\b[^.]{0,60}\b(?:child sexual exploitation|cse)\b"
)
_BORROWED = (
    "takes advantage",
    "take advantage",
    "imbalance of power",
    "coerce",
    "manipulate or deceive",
    "into sexual activity",
    "in exchange for",
    "financial advantage",
    "increased status",
    "perpetrator or facilitator",
    "under the age of",
)
_FEWEST_BORROWED = 3
_TELLTALES = ("imbalance of power", "takes advantage", "form of child sexual abuse")


def definition_blocks(reading: Reading) -> frozenset[int]:
    """Give the numbers of the blocks that quote a definition we hold, exactly."""
    if reading.exact_definitions is None:
        reading.exact_definitions = _exact_blocks(reading)
    return reading.exact_definitions


def _exact_blocks(reading: Reading) -> frozenset[int]:
    return frozenset(
        number
        for number in _candidates(reading)
        for definition in shipped_evidence().definitions
        if (difference := compare_definition(definition, reading.block_text(number))) is not None
        and not difference.changes
    )


def definition_findings(reading: Reading, situation: Situation) -> list[Finding]:
    """Give what is wrong with quoted definitions: a near miss with its changes, or another nation's wording."""
    findings = []
    for number in _candidates(reading):
        for definition in shipped_evidence().definitions:
            difference = compare_definition(definition, reading.block_text(number))
            if difference is None:
                continue
            source = f"{definition.name}; read {definition.read_on.isoformat()}"
            if situation.nation not in {None, definition.nation}:
                saying = Saying(
                    "definition-of-another-nation",
                    "warn",
                    f"This is the {definition.name}. The wording for this nation is not held by coprod.",
                    "Quote the definition that holds where this is read, from its own source.",
                    source,
                    "structure",
                )
                findings.append(finding_at(reading, whole_block(reading, number), saying))
            elif difference.changes:
                saying = Saying(
                    "definition-misquoted",
                    "block",
                    f"This differs from the {definition.name}: {'; '.join(difference.changes[:4])}.",
                    f"Quote it exactly, or say it in your own words: {definition.text}",
                    source,
                    "structure",
                )
                findings.append(finding_at(reading, whole_block(reading, number), saying))
    return findings or _loose_definitions(reading, situation)


def _loose_definitions(reading: Reading, situation: Situation) -> list[Finding]:
    """Give texts that define exploitation in borrowed pieces of the statutory wording, with the rest changed."""
    exact = definition_blocks(reading)
    definition = shipped_evidence().definitions[0]
    if situation.nation not in {None, definition.nation}:
        return []
    saying = Saying(
        "definition-paraphrased",
        "warn",
        f"This sounds like the {definition.name}, and is not its wording.",
        f"Quote it exactly, or say it plainly in your own words: {definition.text}",
        f"{definition.name}; read {definition.read_on.isoformat()}",
        "structure",
    )
    return [
        finding_at(reading, whole_block(reading, number), saying)
        for number in reading.body
        if number not in exact
        and sum(piece in reading.block_text(number) for piece in _BORROWED) >= _FEWEST_BORROWED
        and _DEFINES.search(reading.block_text(number))
    ]


def _candidates(reading: Reading) -> list[int]:
    if not any(telltale in reading.text for telltale in _TELLTALES):
        return []
    return [
        number
        for number in reading.body
        if sum(telltale in reading.block_text(number) for telltale in _TELLTALES) >= 2
    ]
