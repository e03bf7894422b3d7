"""A value that never shows itself: what a young person said must not reach a log, a crash screen or a debugger."""

from typing import Any

from msgspec import Struct


class Unshown(Struct, frozen=True):
    """A frozen Struct whose repr gives only the name of its type."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Give Rich, and the crash screens built on it, nothing to draw."""
        return []
