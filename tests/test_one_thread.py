"""The limit on threads holds while anyone computes."""

import numpy as np
from threadpoolctl import ThreadpoolController

from icp_engine.one_thread import one_thread


def most_threads():
    np.ones(2) @ np.ones(2)
    return max(library.num_threads for library in ThreadpoolController().lib_controllers)


def test_the_first_to_leave_does_not_free_the_threads_of_the_others():
    first, second = one_thread(), one_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    held = most_threads()
    second.__exit__(None, None, None)
    assert held == 1
