"""Keeps Streamlit from asking the internet for this machine's address, and says where it answers.

Comes in: the server's own addresses. Goes out: nothing. The one place where Streamlit is changed
(docs/decisions/0009). Separate because it runs once, at the start. What Streamlit would do before
that, printing its external address, is off by `logger.hideWelcomeMessage` in .streamlit/config.toml.
"""

from __future__ import annotations

import sys

import streamlit as st
from streamlit import config, net_util
from streamlit.web.server import server_util

from ui.state.own_addresses import EVERY_INTERFACE, THIS_MACHINE, OwnAddresses

WHERE = "\n  ICP Workbench: {address}\n"
UNNAMED = """
  It listens for other machines, but answers under {names} only. Name the hosts they open it by:
  --server.allowedHosts icp.example
"""


def keep_inside(addresses: OwnAddresses) -> None:
    """Streamlit's own check of websockets gets the same lists, and no way to look further."""
    config.set_option("server.allowedHosts", sorted(addresses.names))
    config.set_option("server.corsAllowedOrigins", sorted(map(str, addresses.origins)))
    # asked for each Origin that is not the Host, listed ones too, before the list is looked at
    net_util.get_external_ip = _nowhere
    net_util.get_internal_ip = _nowhere


def tell_where(addresses: OwnAddresses) -> None:
    """One line on the console, and what is missing where other machines could not open the app."""
    address = str(st.get_option("server.address") or "")
    shown = server_util.get_display_address(address) or "localhost"
    sys.stdout.write(WHERE.format(address=server_util.get_url(shown)))
    if address in EVERY_INTERFACE and addresses.names <= set(THIS_MACHINE):
        sys.stdout.write(UNNAMED.format(names=", ".join(THIS_MACHINE)))
    sys.stdout.write("\n")
    sys.stdout.flush()


def _nowhere() -> None:
    """No address of this machine is guessed."""
