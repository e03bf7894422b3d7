"""You said, we did, we didn't because: what young people said, and what somebody answers to each of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import Loaded, load_yaml, nearest

YOU_SAID_FILE = "you-said.yaml"
Decision = Literal["", "done", "doing", "not"]
WORDS: dict[Decision, str] = {
    "done": "done",
    "doing": "being done",
    "not": "not done, and young people are told why",
}
LEAST_REASON = 15
HEAD = """\
# You said, we did, we didn't because. Every theme needs an answer before it can be closed:
#   you_said  what young people said, in plain words of yours; never somebody's own words
#   decision  done, doing or not
#   we_did    what you did or are doing, as you would tell a young person; empty where decision is not
#   because   the reason, also for what was done; young people read it
#   owner     who answers for it: a name or a role that a young person could ask for
#   on        the day it was decided or done, or by which it will be
# Close with `coprod analysis you-said close THEME`; `closed` is written for you.
"""


class Answered(Struct, frozen=True, forbid_unknown_fields=True):
    """One theme, and the answer to it. `closed` is the day on which somebody closed it."""

    theme: Annotated[str, Meta(min_length=2)]
    you_said: str = ""
    decision: Decision = ""
    we_did: str = ""
    because: str = ""
    owner: str = ""
    on: date | None = None
    closed: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Give what its answer still lacks, in words; nothing where it has all."""
        lacks = {
            "what young people said, in your plain words (you_said)": not clean_line(self.you_said),
            "a decision (done, doing or not)": not self.decision,
            "what you did or are doing (we_did)": self.decision in {"done", "doing"}
            and not clean_line(self.we_did),
            f"a reason of at least {LEAST_REASON} letters (because)": len(clean_line(self.because))
            < LEAST_REASON,
            "an owner (owner)": not clean_line(self.owner),
            "a date (on)": self.on is None,
        }
        return tuple(what for what, is_so in lacks.items() if is_so)

    @property
    def in_a_word(self) -> str:
        """Give what became of it."""
        return WORDS.get(self.decision, "no answer yet")


class YouSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """All themes of one piece of work. `asked` says who was asked what, as young people may read it."""

    format: Literal[1] = 1
    title: str = "You spoke. This is what we did."
    asked: str = ""
    themes: tuple[Answered, ...] = ()


def load_you_said(path: Path) -> YouSaid:
    """Give the file a team edits. Raises BadInputError with every mistake, a theme that stands twice or closed without an answer."""
    if not path.exists():
        mend = "start it with `coprod analysis you-said start FILE`"
        raise BadInputError.of(path, "there is no such file yet", mend)
    loaded = load_yaml(path, YouSaid)
    _refuse_unsound(loaded)
    return loaded.value


def you_said_text(held: YouSaid) -> str:
    """Give the text of the file, with the remarks that say how to fill it in."""
    plain = msgspec.to_builtins(held)
    for theme in plain["themes"]:
        for day in ("on", "closed"):
            if theme[day] is None:
                del theme[day]
    body = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)
    return HEAD + str(body)


def closed_with(held: YouSaid, wanted: Sequence[str], today: date) -> YouSaid:
    """Give the file with some themes closed today; without names, all that are open.

    Raises RefusedError listing every theme without its answer and what it lacks, BadInputError for one there is not.
    """
    known = {one.theme.casefold(): one for one in held.themes}
    for name in wanted:
        if name.casefold() not in known:
            raise BadInputError.of(
                name, "there is no such theme", nearest(name, [one.theme for one in held.themes])
            )
    named = {name.casefold() for name in wanted} or set(known)
    lacking = [one for one in held.themes if one.theme.casefold() in named and one.missing()]
    if lacking:
        raise RefusedError(
            *(f"“{one.theme}” cannot be closed: it lacks {', '.join(one.missing())}" for one in lacking)
        )
    return msgspec.structs.replace(
        held,
        themes=tuple(
            msgspec.structs.replace(one, closed=one.closed or today) if one.theme.casefold() in named else one
            for one in held.themes
        ),
    )


def _refuse_unsound(loaded: Loaded[YouSaid]) -> None:
    seen: set[str] = set()
    problems = []
    for at, one in enumerate(loaded.value.themes):
        if one.theme.casefold() in seen:
            problems.append(
                loaded.problem(("themes", at, "theme"), f"`{one.theme}` stands twice", "put both into one")
            )
        seen.add(one.theme.casefold())
        if one.closed and one.missing():
            what = f"`{one.theme}` is closed and lacks {one.missing()[0]}"
            problems.append(
                loaded.problem(("themes", at, "closed"), what, "take `closed` out, or give the answer")
            )
    if problems:
        raise BadInputError(*problems)
