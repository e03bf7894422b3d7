"""The way in: makes the process safe, then hands over to the command line."""

import gc
import io
import logging
import os
import sys


def run() -> None:
    """Run coprod and leave with its exit code."""
    _close_side_doors()
    _take_every_letter()
    _start_without_tidying()
    from coprod.cli.main import main

    code = main(sys.argv[1:])
    gc.freeze()  # Python ends without a last look for rings in all that was made: a quarter of a short command's time
    sys.exit(code)


def _take_every_letter() -> None:
    """Have a letter that a terminal or a pipe does not know replaced: it must not end an interview or lose a result.

    What does not go to a screen is UTF-8 everywhere; on Windows it would be whatever the computer was set to years ago.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


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
