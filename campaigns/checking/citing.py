"""Claims that cite a number our own analysis released: whether they say what was released, and no more."""

import re
from collections.abc import Mapping

from campaigns.checking.evidence import RELEASE_PREFIX
from campaigns.checking.reading import fold
from campaigns.materials.material import Claim
from coprod.kernel.released import CitableRelease, ReleasedTable
from coprod.kernel.yamlfile import nearest

Releases = Mapping[str, CitableRelease]
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHARES = re.compile(r"\b(?:few|half|most)\b")
_IN_WORDS = {"50%": "half"}


def release_fault(claim: Claim, releases: Releases | None) -> tuple[str, str, str] | None:
    """Give the rule, what is wrong and the mend for a claim that cites a released table; None: it says the same.

    Its numbers and shares (few, half, most) must be printed in the table, in the row that the claim names if it
    names one. A year is no number. `releases` None: there is no ledger at hand, so nothing was compared.
    """
    if releases is None:
        what = f"`{claim.source}` was not compared: no ledger of releases is at hand."
        return "claim-not-compared", what, "Check it in the workspace whose analysis released the number."
    identifier = claim.source.removeprefix(RELEASE_PREFIX)
    release = releases.get(identifier)
    if release is None:
        mend = nearest(identifier, releases) if releases else "nothing was released from this workspace yet"
        return "claim-source-unknown", f"Nothing was released as `{identifier}`.", mend
    if release.again_as:
        later = release.again_as[-1]
        what = f"`{identifier}` was released again with other numbers, as {later}."
        return "claim-outdated", what, f"Say what {later} says, and cite it."
    return _difference(claim, release)


def _difference(claim: Claim, release: CitableRelease) -> tuple[str, str, str] | None:
    said, printed = _said(claim.text), _printed(release.table, fold(claim.text))
    unheld = [one for one in said if one not in printed]
    shown = _in_words(release.table)
    if unheld:
        what = f"{_listed(unheld)} is not what {release.id} released: {shown}."
        return "claim-differs", what, "Say what was released, in its own words."
    if not said:
        what = f"This names no number or share. {release.id} released: {shown}."
        return "claim-differs", what, "Say how many, as it was released; or take the source out."
    return None


def _said(text: str) -> list[str]:
    """Give the numbers and shares in a text, in order, without years."""
    folded = fold(text).replace(" per cent", "%").replace(" %", "%")
    numbers = [one for one in _NUMBER.findall(folded) if not _YEAR.fullmatch(one)]
    return [*numbers, *_SHARES.findall(folded)]


def _printed(table: ReleasedTable, claimed: str) -> set[str]:
    """Give the numbers and shares that are printed in a table: in the rows a claim names, and of who answered."""
    named = [cell for cell in table.cells if re.search(rf"\b{re.escape(fold(cell.value))}\b", claimed)]
    texts = [table.answered, table.average]
    for cell in named or table.cells:
        texts += [cell.shown, cell.percent, _IN_WORDS.get(cell.percent, "")]
    return {found for text in texts for found in _said(text)}


def _in_words(table: ReleasedTable) -> str:
    rows = "; ".join(f"{cell.value} {cell.percent or cell.shown}" for cell in table.cells)
    return f"{rows} (answered: {table.answered})"


def _listed(numbers: list[str]) -> str:
    return " and ".join(f"`{number}`" for number in numbers)
