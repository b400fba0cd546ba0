"""The live control of the rubric: mounted here, moved in the browser, answered by the engine.

Comes in: the study, what the browser sends on release. Goes out: the control with the engine's
figures; a changed rubric. Separate from the page because bytes and payloads are its own language
(`ui/components/whatif/*.js`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ui.frame.packaged import packaged

NAME, KEY, FEED = "icp-workbench.whatif", "whatif", "whatif_rows"


def mount(data: Any, key: str, **on_event: Callable[[], None]) -> None:
    """Put the control (data: a dict) or the accounts it scores (data: bytes) on the page.

    A dict goes as text: Streamlit would copy it and look through it for tables at every release.

    on_event: callbacks by what the control sends: `moved` on release, `settled` once nothing was
    moved for a while.
    """
    control = packaged(NAME, "whatif", js="whatif.js", css="whatif.css")
    sent = json.dumps(data) if isinstance(data, dict) else data
    control(
        data=sent,
        key=key,
        **{f"on_{event}_change": callback for event, callback in on_event.items()},
    )


# ---------------------------------------------------------------------- the rubric and the engine's


# ---------------------------------------------------------------------- what the browser sends
