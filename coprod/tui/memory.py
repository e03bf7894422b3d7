"""Forgetting: after each visit, no cache of a library may still hold a word that was typed or chosen."""

import functools
import gc

from textual.cache import FIFOCache, LRUCache

_REMEMBERING = (functools._lru_cache_wrapper, FIFOCache, LRUCache)  # noqa: SLF001  the only name of this type
# What coprod itself remembers is data that came with it; reading it again for each visit would cost start-up time.
_OUR_OWN = ("coprod.", "surveys.")


def forget_everything() -> int:
    """Empty every cache of a library in this process and give how many there were.

    Rich remembers the width of each text it has measured, Textual the lines it has painted.
    """
    emptied = 0
    for one in gc.get_objects():
        if not isinstance(one, _REMEMBERING):
            continue
        if isinstance(one, FIFOCache | LRUCache):
            one.clear()
        elif not str(getattr(one, "__module__", "")).startswith(_OUR_OWN):
            one.cache_clear()
        emptied += 1
    gc.collect()
    return emptied
