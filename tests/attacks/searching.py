"""Looking for an answer where it must not be."""

import base64
from pathlib import Path


def leaks(folder: Path, canary: str) -> list[str]:
    """Every file under a folder that holds the canary, as text, UTF-16, or base64 at any offset, or in its name."""
    plain = canary.encode()
    forms = [plain, canary.encode("utf-16-le"), plain.hex().encode()]
    forms += [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    inside = [path.name for path in files if any(form in path.read_bytes() for form in forms)]
    return inside + [path.name for path in folder.rglob("*") if canary in path.name]
