"""After the start nothing heavy is left to import, and garbage collection does not walk the
libraries.
"""

import gc
import subprocess
import sys
import weakref

from ui.frame.warm_up import GarbageKeeper

SCRIPT = """
import gc, sys
from ui.frame.warm_up import warm_up
warm_up()
print(gc.get_freeze_count(), "sklearn.cluster" in sys.modules, "icp_engine.study.study" in sys.modules)
"""


def test_a_warm_process_keeps_the_libraries_from_garbage_collection():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    frozen, has_sklearn, has_study = done.stdout.split()
    assert int(frozen) > 100_000
    assert (has_sklearn, has_study) == ("True", "True")


class Thing:
    pass


def is_freed(keeper):
    """Whether a cycle that survived one collection is gone after the next."""
    gc.callbacks.append(keeper)
    try:
        thing = Thing()
        thing.self, seen = thing, weakref.ref(thing)
        gc.collect()
        del thing
        gc.collect()
        return seen() is None
    finally:
        gc.callbacks.remove(keeper)
        gc.unfreeze()


def test_what_survived_a_collection_waits_for_the_next_thorough_one():
    assert not is_freed(GarbageKeeper(seconds=3_600))
    assert is_freed(GarbageKeeper(seconds=0))
