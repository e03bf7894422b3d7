"""The plan of a session: who opens the answers and by when. It has days, never a time of day."""

import re
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Meta, Struct

from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import load_yaml

Count = Annotated[int, Meta(ge=0, le=10_000)]
SATURDAY = 5


class LeftOut(Struct, frozen=True, forbid_unknown_fields=True):
    """How many were left out, and why, as the facilitator typed it."""

    count: Count
    why: str


class Attendance(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is missing, as the facilitator typed it: coprod counts nobody."""

    invited: Count = 0
    attended: Count = 0
    left_out: tuple[LeftOut, ...] = ()


def read_left_out(typed: str) -> tuple[LeftOut, ...]:
    """Give who was left out from "2: no interpreter; 1: ill". Raises BadInputError for a part without number or reason."""
    return tuple(_left_out(part) for part in typed.split(";") if part.strip())


def _left_out(part: str) -> LeftOut:
    count, _, why = part.partition(":")
    if not (count.strip().isdecimal() and len(count.strip()) < 5 and why.strip()):
        raise BadInputError.of(
            "left out", "a number and a reason are expected", "write it as 2: no interpreter; 1: ill"
        )
    return LeftOut(int(count), why.strip())


class SessionPlan(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One session. `questionnaire` is the SHA-256 of the exact text asked; both it and `survey` are
    filled in when the session starts. `label` is coarse on purpose: "autumn 2026".
    """

    format: Literal[1] = 1
    name: str
    label: str
    opener: str
    open_by: date
    withdraw_by: date
    survey: str = ""
    questionnaire: str = ""
    staff_word: str = ""
    attendance: Attendance = Attendance()
    simulated: bool = False


def load_plan(path: Path) -> SessionPlan:
    """Give the plan in a file. Raises BadInputError with every mistake in it."""
    return load_yaml(path, SessionPlan).value


def save_plan(path: Path, plan: SessionPlan) -> None:
    """Write a plan. Raises BadInputError when the disk does not take it."""
    plain = msgspec.to_builtins(plan)
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
    write_whole(path, text.encode())


def check_plan(plan: SessionPlan, today: date, within_days: int) -> tuple[str, ...]:
    """Give what is wrong with a plan on this day; `within_days` are working days to the opening."""
    last = working_days_after(today, within_days)
    wrong = {
        "the session's name may hold small letters, digits and hyphens": not _is_name(plan.name),
        "name who will open the answers": not plan.opener.strip(),
        "give the session a label, such as autumn 2026": not plan.label.strip(),
        f"the day by which answers are opened, {plan.open_by}, has passed": plan.open_by < today,
        f"answers must be opened by {last}, and the plan says {plan.open_by}": plan.open_by > last,
        f"the last day to take answers back, {plan.withdraw_by}, has passed": plan.withdraw_by < today,
        f"answers can be taken back only before they are opened, and {plan.withdraw_by} is not before "
        f"{plan.open_by}": plan.withdraw_by >= plan.open_by,
    }
    return tuple(reason for reason, is_so in wrong.items() if is_so)


def working_days_after(day: date, count: int) -> date:
    """Give the day that is `count` working days later, Monday to Friday; bank holidays are not known."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def staff_word_hash(word: str) -> str:
    """Give what is kept of a staff word: an Argon2id hash with its own salt."""
    if not word.strip():
        raise BadInputError.of("staff word", "it is empty", "choose a word that only staff know")
    return _slow(secrets.token_bytes(16)).derive_phc_encoded(_plain(word))


def is_staff_word(word: str, kept: str) -> bool:
    """Tell whether a word is the one whose hash was kept; capitals and outer blanks do not matter."""
    try:
        Argon2id.verify_phc_encoded(_plain(word), kept)
    except (InvalidKey, ValueError):
        return False
    return True


def _slow(salt: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=32 * 1024)


def _plain(word: str) -> bytes:
    return word.strip().casefold().encode()


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", name) is not None
