"""A browser tab without a browser: one websocket session of the real app, speaking Streamlit's
protobuf.

Comes in: the server's address, a page, a study. Goes out: what the server sent, and how long until
it did. Separate because thirty Chromium windows would measure themselves; this one costs next to
nothing.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

CONTROL = "icp-workbench.whatif"
LONGEST = 300.0  # seconds until an answer counts as lost
# not a whole page's
OTHER_ENDS = (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Client:
    """One session. `heard`: bytes of the last answer, for looking whose study it speaks of."""

    address: str
    study: str
    socket: Any = None
    pages: dict[str, str] = field(default_factory=dict)  # url path → hash
    page: str = ""
    control: BidiComponent | None = None
    fragment: str = ""
    heard: list[bytes] = field(default_factory=list)

    async def connect(self) -> None:
        """Open the websocket; nothing runs yet."""
        url = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = await websockets.connect(
            url,
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            max_queue=None,
            compression=None,
        )

    async def close(self) -> None:
        """Leave as a closed tab does."""
        await self.socket.close()

    async def open(self, url_path: str) -> float:
        """Show a page: by its name on the first call, as a click on its link afterwards. Seconds
        until it is whole.
        """
        message = BackMsg()
        state = message.rerun_script
        state.query_string = f"study={self.study}"
        if self.pages:
            state.page_script_hash = self.pages.get(url_path, self.pages[""])  # "": the first page
        else:
            state.page_name = url_path
        state.widget_states.SetInParent()
        self.page = url_path
        return await self._ask(message)

    async def move(self, number: int, weights: list[int]) -> float:
        """Release a slider with these weights: seconds until the engine's figures for them came."""
        data = self.shown()
        payload = {
            "seq": number,
            "names": [one["name"] for one in data["criteria"]],
            "weights": weights,
            "locked": [one["locked"] for one in data["criteria"]],
            "held": {one["key"]: one["held"] for one in data["groups"]},
            "green": data["green"],
            "yellow": data["yellow"],
            "policy": data["policy"],
            "basis": data["basis"],
            "what": None,
            "rows": data["key"],
        }
        return await self._ask(self._event("moved", payload), number)

    async def rest(self, number: int) -> None:
        """Say that weights rest, as the control does. Waits for nothing, as a person who moves on
        at once.
        """
        await self.socket.send(self._event("settled", number).SerializeToString())

    def _event(self, name: str, value: object) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = f"study={self.study}"
        state.page_script_hash = self.pages.get(self.page, self.pages[""])
        state.fragment_id = self.fragment
        assert self.control is not None
        widget = state.widget_states.widgets.add()
        widget.id = _make_trigger_id(self.control.id, "events")
        widget.json_trigger_value = json.dumps([{"event": name, "value": value}])
        return message

    def shown(self) -> dict[str, Any]:
        """What the live control shows."""
        assert self.control is not None, "the page has no live control"
        return control_data(self.control)

    async def _ask(self, message: BackMsg, figures: int | None = None) -> float:
        """Send, then listen: seconds to the run's end, or to the figures of that release.

        Nobody waits for tables below the figures: the next release may come before a run ends, as
        from a browser.
        """
        self.heard, began = [], time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), LONGEST)
            self.heard.append(raw)
            found = ForwardMsg.FromString(raw)
            kind = found.WhichOneof("type")
            if kind == "delta":
                self._keep(found)
                if figures is not None and self._shows(found, figures):
                    return time.perf_counter() - began
            elif kind == "navigation":
                self.pages = {
                    page.url_pathname or "": page.page_script_hash
                    for page in found.navigation.app_pages
                }
            elif (
                figures is None
                and kind == "script_finished"
                and found.script_finished not in OTHER_ENDS
            ):
                return time.perf_counter() - began

    def _keep(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if _is_control(element):
            self.control, self.fragment = element.bidi_component, message.delta.fragment_id

    def _shows(self, message: ForwardMsg, number: int) -> bool:
        return _is_control(message.delta.new_element) and self.shown().get("seq") == number


def _is_control(element: Any) -> bool:
    """Whether this is the live control with its rubric, not the accounts it scores nor another
    component.
    """
    if element.WhichOneof("type") != "bidi_component":
        return False
    component = element.bidi_component
    return bool(component.component_name == CONTROL and component.WhichOneof("data") != "bytes")


def control_data(control: BidiComponent) -> dict[str, Any]:
    """The object the live control was given: JSON as text, which Streamlit wraps into JSON once
    more.
    """
    data: dict[str, Any] = json.loads(json.loads(control.json))
    return data
