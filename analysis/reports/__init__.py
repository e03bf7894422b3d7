"""Reports: what leaves in one piece, for somebody who decides something."""
