"""The statutory definition: whether a text quotes it exactly."""

from campaigns.evidence import compare_definition, shipped_evidence
from campaigns.findings import Finding, Saying, finding_at, whole_block
from campaigns.reading import Reading
from campaigns.situation import Situation

_TELLTALES = ("imbalance of power", "takes advantage", "form of child sexual abuse")


def definition_blocks(reading: Reading) -> frozenset[int]:
    """Give the numbers of the blocks that quote a definition we hold, exactly."""
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
    return findings


def _candidates(reading: Reading) -> list[int]:
    if not any(telltale in reading.text for telltale in _TELLTALES):
        return []
    return [
        number
        for number in reading.body
        if sum(telltale in reading.block_text(number) for telltale in _TELLTALES) >= 2
    ]
