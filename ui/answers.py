"""Each page's sentence and figures, where more than the page itself says them.

Comes in: the study. Goes out: sentences and `Figure`s. Separate because the pages, the shared page
and a guest's pages must say the same.
"""

from __future__ import annotations
