"""Word and Excel files are zip archives: written again so that the same content is the same bytes on any day."""

import io
import re
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED = b"2000-01-01T00:00:00Z"
ORDINARY_FILE = 0o644 << 16


def same_bytes(archive: bytes) -> bytes:
    """Give an office file without the times of its making: every part on the first day a zip can say."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as parts, zipfile.ZipFile(held, "w") as fixed:
        for name in parts.namelist():
            about = zipfile.ZipInfo(name, FIRST_DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = ORDINARY_FILE
            content = parts.read(name)
            fixed.writestr(about, _TIMES.sub(rb"\g<1>" + _FIXED, content) if name == CORE else content)
    return held.getvalue()
