"""A code for a camera (QR) as an SVG picture: drawn from squares, nothing in it but the address."""

from typing import Any

QUIET = 4


def camera_code(address: str) -> str:
    """Give the SVG of the code for an address, with the quiet edge readers need. Source: ISO/IEC 18004."""
    import segno

    made: Any = segno.make(address, error="m", micro=False, boost_error=False)
    rows = [bytes(row) for row in made.matrix]
    side = len(rows) + 2 * QUIET
    squares = "".join(
        f"M{across + QUIET} {down + QUIET}h{run}v1h-{run}z"
        for down, row in enumerate(rows)
        for across, run in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{squares}"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Give where each run of dark squares in a row begins and how long it is."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs


def address_in_words(address: str) -> str:
    """Give an address as printed: without https:// and a last slash."""
    return address.removeprefix("https://").removeprefix("www.").rstrip("/")
