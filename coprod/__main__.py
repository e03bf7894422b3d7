"""The way in: makes the process safe, then hands over to the command line."""

import gc
import logging
import os
import sys


def run() -> None:
    """Run coprod and leave with its exit code."""
    _close_side_doors()
    _start_without_tidying()
    from coprod.cli.main import main

    sys.exit(main(sys.argv[1:]))


def _start_without_tidying() -> None:
    """Have Python look less often for what could be thrown away: while libraries load, that finds nothing and takes time."""
    gc.set_threshold(50_000, 20, 20)


def _close_side_doors() -> None:
    """Keep answers out of debug logs and core dumps, before anything else is imported.

    Textual reads its TEXTUAL_* settings at import; one of them logs every key pressed. What a library has to say about
    somebody's file is not printed either: a person gets one message, which is ours.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    run()
