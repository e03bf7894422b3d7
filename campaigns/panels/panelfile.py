"""The panel's result on disk: `panel-result.json` beside the material."""

from pathlib import Path

import msgspec

from campaigns.releasing.binding import canonical
from coprod.kernel.files import read_bytes
from coprod.kernel.panel_result import PanelResult
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json

PANEL_FILE = "panel.yaml"
RESULT_FILE = "panel-result.json"
COMPARED_FILE = "comparison-result.json"
LARGEST_RESULT = 5_000_000


def panel_result_bytes(result: PanelResult) -> bytes:
    """Give a panel's result as it stands in its file."""
    return canonical(result) + b"\n"


def load_panel_result(path: Path) -> PanelResult | None:
    """Give the result in a file, or None where there is none. Raises BadInputError for a file that is none."""
    if not path.exists():
        return None
    content = read_bytes(path, LARGEST_RESULT)
    try:
        return from_json(content, PanelResult)
    except msgspec.DecodeError:
        mend = "open the panel's answers again with `coprod campaigns panel`"
        raise BadInputError.of(path, "this is not a panel's result", mend) from None
