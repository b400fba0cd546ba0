"""After the start nothing heavy is left to import, and garbage collection does not walk the libraries."""

import subprocess
import sys

SCRIPT = """
import gc, sys
from ui.warm import warm_up
warm_up()
print(gc.get_freeze_count(), "sklearn.cluster" in sys.modules, "icp_engine.study" in sys.modules)
"""


def test_a_warm_process_keeps_the_libraries_from_garbage_collection():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    frozen, has_sklearn, has_study = done.stdout.split()
    assert int(frozen) > 100_000
    assert (has_sklearn, has_study) == ("True", "True")
