"""Problems are for people; errors are for programmers."""

from pathlib import Path

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One mistake in a file, where it is, and what to do about it.

    Lines and columns count from 1, in code points. `path` is as the person typed it.
    """

    path: str
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        """Give `file:line:column: what; what to do`."""
        return f"{self.path}:{self.line}:{self.column}: {self.what}; {self.mend}"


class CoprodError(Exception):
    """Something a person can act on; its text is safe to show and holds nobody's answer."""


class BadInputError(CoprodError):
    """A file or an argument cannot be used. The command ends with exit code 2."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, path: Path | str, what: str, mend: str) -> "BadInputError":
        """Give the error for one problem with a whole file."""
        return cls(Problem(str(path), 1, 1, what, mend))


class RefusedError(CoprodError):
    """A gate is shut. The command ends with exit code 3; the text says exactly why."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))
