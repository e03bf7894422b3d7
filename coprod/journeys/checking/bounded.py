"""Drawing in a process of its own with a bound on its time, so that no material can hold a team up."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from campaigns.releasing.signing import unlock_signing_key
from campaigns.releasing.signoff import Decisions, SignOff
from coprod.jobs import Job, StoppedError
from coprod.journeys.checking.releases import ReleasedFiles, release_material, sign_material, try_then_prepare
from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.workspace import Workspace

MOST_SECONDS = 120.0
Result = TypeVar("Result")


class Outcome(Struct, frozen=True):
    """What came of a call: a result, reasons to refuse, or problems with what went in."""

    result: Any = None
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def release_bounded(
    workspace: Workspace, name: str, today: date, most_seconds: float = MOST_SECONDS
) -> ReleasedFiles:
    """Release a material as `release_material` does, and give up after a while.

    Raises what `release_material` raises, and BadInputError when it takes longer than `most_seconds`.
    """
    return _in_time(name, most_seconds, release_material, workspace, name, today)


def prepare_bounded(workspace: Workspace, name: str, today: date) -> Path:
    """Make a panel's questions as `try_then_prepare` does, and give up after a while. Raises as `release_bounded`."""
    return _in_time(name, MOST_SECONDS, try_then_prepare, workspace, name, today)


def sign_bounded(
    workspace: Workspace,
    name: str,
    decisions: Decisions,
    unlocking: tuple[Path, str],
    today: date,
    theme: str,
) -> SignOff:
    """Sign a material off as `sign_material` does, and give up after a while. Raises as `release_bounded`.

    `unlocking` is where the signing key is and its passphrase, which reach the other process through a pipe.
    """
    return _in_time(name, MOST_SECONDS, _sign, workspace, name, decisions, unlocking, today, theme)


def _sign(
    workspace: Workspace,
    name: str,
    decisions: Decisions,
    unlocking: tuple[Path, str],
    today: date,
    theme: str,
) -> SignOff:
    return sign_material(workspace, name, decisions, unlock_signing_key(*unlocking), today, theme)


def _in_time(name: str, most_seconds: float, function: Callable[..., Result], *arguments: Any) -> Result:
    try:
        outcome = Job(_outcome, function, arguments).result(most_seconds)
    except StoppedError as error:
        mend = "make its pictures smaller and its text shorter, then try again"
        raise BadInputError.of(name, str(error).rstrip("."), mend) from None
    if outcome.reasons:
        raise RefusedError(*outcome.reasons)
    if outcome.problems:
        raise BadInputError(*outcome.problems)
    result: Result = outcome.result
    return result


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
    try:
        return Outcome(function(*arguments))
    except RefusedError as error:
        return Outcome(reasons=tuple(error.reasons))
    except BadInputError as error:
        return Outcome(problems=tuple(error.problems))
