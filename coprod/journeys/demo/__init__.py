"""The whole loop on a make-believe service, through the same functions as a real one.

The seed steers only what the simulated people say. Ids, keys, shuffles and withdrawal words come from
the system's own randomness, as in a real session; nothing outside this package takes a seed.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from msgspec import Struct

from campaigns.checking.findings import Finding
from coprod.journeys.demo.campaign import (
    BAD,
    GOOD,
    BadOutcome,
    GoodOutcome,
    add_bad_material,
    confirm_contacts,
    take_answers_out,
    take_good_material_out,
    try_bad_material,
)
from coprod.journeys.demo.service import (
    GROUPS,
    QUESTIONNAIRE,
    DemoService,
    ask_groups,
    make_service,
    open_groups,
)
from coprod.journeys.demo.telling import READERS, Told, tell_everybody
from coprod.journeys.understanding.yousaid import MATERIAL
from coprod.kernel.text import clean_line
from surveys.boxes.session import working_days_after

Tell = Callable[[str], None]


class DemoOutcome(Struct, frozen=True):
    """What the demo left behind."""

    service: DemoService
    told: Told
    good: GoodOutcome
    answers: GoodOutcome
    bad: BadOutcome


def run_demo(root: Path, seed: int, today: date, tell: Tell) -> DemoOutcome:
    """Make a make-believe service in `root`, run the whole loop and tell each step as it is done.

    Its young people were asked a few days before `today`, so that nothing in it is dated in days to come.
    Keys go to a folder beside `root`. Raises BadInputError when one of the two holds something already.
    """
    chance = random.Random(seed)  # noqa: S311  steers make-believe people only; see the module
    tell("SIMULATED: the service, the young people and everything they say are made up.")
    service = make_service(root)
    tell(f"Made the workspace {root}, two key holders, and rehearsed this device with both.")
    asked_on = day_asked(today, service.workspace.settings.open_within_days)
    told = _ask_and_understand(service, chance, asked_on, tell)
    add_bad_material(service.workspace)
    service = DemoService(
        confirm_contacts(service.workspace, asked_on), service.keys, service.passphrase, service.identity
    )
    good = take_good_material_out(service, chance, asked_on)
    answers = take_answers_out(service, chance, asked_on)
    bad = try_bad_material(service.workspace, today)
    for line in (*_told_of_good(GOOD, good), *_told_of_good(MATERIAL, answers), *_told_of_bad(bad)):
        tell(line)
    return DemoOutcome(service, told, good, answers, bad)


def day_asked(today: date, open_within_days: int) -> date:
    """Give the last day of asking whose answers are opened by today, so many working days later."""
    days = (today - timedelta(days=back) for back in count(1))
    return next(day for day in days if working_days_after(day, open_within_days) <= today)


def _ask_and_understand(service: DemoService, chance: random.Random, today: date, tell: Tell) -> Told:
    asked = ask_groups(service, chance, today)
    taken_back = "one took the answers back with four words" if asked.withdrew else "nobody took answers back"
    tell(f"Asked {len(GROUPS)} groups `{QUESTIONNAIRE}`: some skipped, some left early, {taken_back}.")
    opened = open_groups(service, asked)
    tell(f"Opened both bundles together: {opened.answered} young people; sealed again as {opened.path.name}.")
    told = tell_everybody(service, opened, today)
    tables = len(told.report.releases)
    tell(f"Wrote the report for {READERS}: {tables} tables through the disclosure rules and into the ledger.")
    tell("Drew the care pathway as a map: settings, access points, gaps, waits and barriers.")
    tell(f"Answered what young people said, with an owner and a date, and made `{MATERIAL}` of it.")
    return told


def _told_of_good(name: str, good: GoodOutcome) -> Iterator[str]:
    panel = good.panel
    yield f"Checked `{name}`: {_counted(good.check.findings)}."
    yield f"Took it to a simulated panel ({panel.reviewers} reviewers, {len(panel.comments)} comments, all answered)."
    yield f"Signed it off and drew {len(good.files.paths)} files, code {good.files.code}."


def _told_of_bad(bad: BadOutcome) -> Iterator[str]:
    yield f"Checked `{BAD}`: {_counted(bad.check.findings)}."
    yield f"Refused to draw it, for {len(bad.reasons)} reasons; the first: {clean_line(bad.reasons[0])}"


def _counted(findings: tuple[Finding, ...]) -> str:
    severities = [finding.severity for finding in findings]
    counts = [
        f"{severities.count(level)} to {level}" for level in ("block", "warn", "ask") if level in severities
    ]
    return ", ".join(counts) or "nothing found"
