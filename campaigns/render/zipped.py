"""Office files are zip archives: written so that the same content is the same bytes on any day and any machine.

Their parts are not pressed smaller: the libraries that do so differ between machines, and the bytes are signed.
"""

import io
import re
import zipfile
from collections.abc import Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED = b"2000-01-01T00:00:00Z"
ORDINARY_FILE = 0o644 << 16


def same_bytes(archive: bytes) -> bytes:
    """Give an office file without the times of its making: every part on the first day a zip can say."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    if CORE in parts:
        parts[CORE] = _TIMES.sub(rb"\g<1>" + _FIXED, parts[CORE])
    return zipped(parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Give an archive of parts, in their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            about = zipfile.ZipInfo(name, FIRST_DAY)
            about.external_attr = ORDINARY_FILE
            archive.writestr(about, content)
    return held.getvalue()
