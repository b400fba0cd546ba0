"""Under which names and at which origins this server answers.

Comes in: the text of a Host or Origin header; the operator's settings. Goes out: host and origin in
one spelling, or None for what is none; whether they are this server's own. Separate from
`ui/foreign_requests.py`, which only asks, because reading addresses is where mistakes hide
(docs/decisions/0009).
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

PUBLIC_ADDRESS = "ICP_PUBLIC_URL"
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
EVERY_INTERFACE = {"", "0.0.0.0", "::"}  # noqa: S104 - recognised here, not listened at
USUAL_PORTS = {"http": 80, "https": 443}
# nothing but a name or an address and a port: no blank, path, login or zone
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[0-9a-z._-]{1,254})(?::([0-9]{1,5}))?")


class Host(NamedTuple):
    """`name`: lower case, without brackets and final dot. `port`: None where none was named."""

    name: str
    port: int | None


class Origin(NamedTuple):
    """Where a page came from, as a browser tells it."""

    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        port = "" if self.port == USUAL_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}"


@dataclass(frozen=True)
class OwnAddresses:
    """`names`: hosts; `*.example.com` stands for every host below, `*` for any. `origins`: pages of
    other origins that are as good as its own.
    """

    names: frozenset[str]
    origins: frozenset[Origin] = frozenset()

    def answers_to(self, host: Host) -> bool:
        """Whether a request for this host, at any port, is meant for this server."""
        below = (name[1:] for name in self.names if name.startswith("*."))
        return not self.names.isdisjoint({host.name, "*"}) or host.name.endswith(tuple(below))

    def is_own(self, origin: Origin, host: Host, *, secure: bool) -> bool:
        """Whether a page of this origin may ask this host. secure: the request came by TLS, so its
        own pages did too.
        """
        port = USUAL_PORTS[origin.scheme] if host.port is None else host.port
        same = (origin.name, origin.port) == (host.name, port)
        return origin in self.origins or (same and not (secure and origin.scheme == "http"))


def read_host(text: str) -> Host | None:
    """A Host header, or None where it is none. Numbers that are an address in another spelling
    (2130706433, 0x7f.1) stay names: no browser sends them.
    """
    found = _AUTHORITY.fullmatch(text.lower())
    if found is None:
        return None
    name, port = _one_spelling(found[1]), int(found[2]) if found[2] else None
    return None if name is None or (port or 0) > 65_535 else Host(name, port)


def read_origin(text: str) -> Origin | None:
    """An Origin header, or None for `null`, another scheme, and what is no origin."""
    scheme, _, rest = text.lower().partition("://")
    host = read_host(rest)
    if scheme not in USUAL_PORTS or host is None:
        return None
    return Origin(scheme, host.name, USUAL_PORTS[scheme] if host.port is None else host.port)


def own_addresses() -> OwnAddresses:
    """This machine's names, the address listened at, and what the operator names: hosts by
    Streamlit's `server.allowedHosts`, origins by `server.corsAllowedOrigins`, both by
    `ICP_PUBLIC_URL`. ValueError where a setting is no host or origin.
    """
    names = {*THIS_MACHINE, *map(_named_host, _listed("server.allowedHosts"))}
    origins = set(map(_named_origin, _listed("server.corsAllowedOrigins")))
    address = str(st.get_option("server.address") or "")
    if address not in EVERY_INTERFACE:
        names.add(_named_host(address))
    if public := public_address():
        origin = _named_origin("/".join(public.split("/", 3)[:3]))
        names.add(origin.name)
        origins.add(origin)
    return OwnAddresses(frozenset(names), frozenset(origins))


def public_address() -> str:
    """Where people open the app, as the operator says; empty where nobody said."""
    return os.environ.get(PUBLIC_ADDRESS, "").strip().rstrip("/")


def _one_spelling(name: str) -> str | None:
    if not name.startswith("["):
        return name.removesuffix(".") or None
    try:
        return ipaddress.IPv6Address(name[1:-1]).compressed
    except ValueError:
        return None


def _listed(option: str) -> Iterable[str]:
    given = st.get_option(option) or ()
    return given.split() if isinstance(given, str) else given


def _named_host(text: str) -> str:
    name = text.strip().lower()
    if name == "*":
        return name
    wild = "*." if name.startswith("*.") else ""
    bare = f"[{name}]" if name.count(":") > 1 and name[0] != "[" else name.removeprefix(wild)
    try:
        host = read_host(bare.encode("idna").decode("ascii"))
    except UnicodeError:
        host = None
    if host is None:
        raise ValueError(
            f"“{text}” is not the name of a host. server.allowedHosts holds names such as"
            " icp.example, without scheme and path."
        )
    return wild + host.name


def _named_origin(text: str) -> Origin:
    origin = read_origin(text.strip())
    if origin is None:
        raise ValueError(
            f"“{text}” is not an origin. {PUBLIC_ADDRESS} and server.corsAllowedOrigins hold"
            " addresses such as https://icp.example."
        )
    return origin
