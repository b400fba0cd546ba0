"""After the start nothing heavy is left to import, and garbage collection does not walk the libraries."""

import subprocess
import sys

SCRIPT = """
import gc, sys, time
from ui.warm import warm_up
warm_up()
start = time.perf_counter(); gc.collect(); spent = time.perf_counter() - start
print(gc.get_freeze_count(), int(spent * 1000), "sklearn.cluster" in sys.modules, "icp_engine.study" in sys.modules)
"""


def test_a_warm_process_collects_garbage_in_a_few_milliseconds():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    frozen, milliseconds, has_sklearn, has_study = done.stdout.split()
    assert int(frozen) > 100_000
    assert int(milliseconds) < 60
    assert (has_sklearn, has_study) == ("True", "True")
