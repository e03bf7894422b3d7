"""A terminal for tests: it types what it was told to, and remembers what stood on it."""


class Typed:
    """A terminal that types what it was told to, and remembers what stood on it when it was wiped."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.screens, self.now = list(lines), list[str](), ""

    def say(self, *lines: str) -> None:
        self.now += "\n".join([*lines, ""])

    def read(self) -> str | None:
        return self.lines.pop(0) if self.lines else None

    read_hidden = read

    def wipe(self) -> None:
        self.screens.append(self.now)
        self.now = ""
