"""One choice as every list of choices draws it."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Shown:
    """One choice as drawn. `rank` counts from 1; 0 is not ranked. `mark` stands in front where marks are words."""

    id: str
    label: str
    chosen: bool = False
    face: str = ""
    rank: int = 0
    mark: str = ""
