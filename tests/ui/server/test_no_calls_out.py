"""The real server under a recorder of the process's own calls: nothing leaves the machine."""

import asyncio
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.real_server import running_app

PUBLIC = "https://icp.example"
# Python runs it first in every process it starts, the server's children too; loopback is no way out
RECORDER = """
import os, sys

CALLS = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}

def note(event, args):
    if event in CALLS and not (event == "socket.connect" and isinstance(args[1], (str, bytes))):
        to = args[1] if event in {"socket.connect", "socket.sendto"} else args
        if str(to[0]) not in {"127.0.0.1", "::1", "localhost"}:
            with open(os.environ["CALLS_OUT"], "a") as written:
                written.write(f"{event} {to[0]}\\n")

sys.addaudithook(note)
"""


class Recorded:
    """What a process with `environment` asked of other machines."""

    def __init__(self, folder):
        (folder / "sitecustomize.py").write_text(RECORDER)
        self.file = folder / "calls.txt"
        paths = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
        self.environment = {"PYTHONPATH": paths, "CALLS_OUT": str(self.file)}

    def calls(self):
        return self.file.read_text().splitlines() if self.file.exists() else []


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    return Recorded(tmp_path_factory.mktemp("recorder"))


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log.txt"


@pytest.fixture(scope="module")
def server(tmp_path_factory, recorded, log):
    """Listens for other machines under a name of its own: there Streamlit called out at the start."""
    options = ("--server.address", "0.0.0.0", "--server.allowedHosts", "named.test")
    home = tmp_path_factory.mktemp("icp")
    with running_app(home, log, *options, ICP_PUBLIC_URL=PUBLIC, **recorded.environment) as address:
        yield address


def in_a_loop_of_its_own(work):
    """The browser tests' loop may run in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def opened(server, *, origin=None, host=None):
    """A websocket to the server, whatever Host it asks for."""
    here = urlsplit(server)
    return await websockets.connect(
        f"ws://{host or here.netloc}/_stcore/stream",
        host=here.hostname,
        port=here.port,
        origin=origin,
        subprotocols=["streamlit"],
        compression=None,
        proxy=None,
    )


async def refused_with(server, **asked):
    """The status that a websocket is refused with; None where it opens."""
    try:
        await (await opened(server, **asked)).close()
    except websockets.InvalidStatus as answer:
        return answer.response.status_code
    return None


async def first_page(server, **asked):
    """Runs the start page: whether its script came to its end."""
    async with await opened(server, **asked) as socket:
        message = BackMsg()
        message.rerun_script.widget_states.SetInParent()
        await socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 60))
            if answer.WhichOneof("type") == "script_finished":
                return answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def asked(server, path="/healthz", method="GET", **headers):
    """Status and headers of an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(server + path, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def test_the_recorder_sees_a_call(tmp_path):
    recorded = Recorded(tmp_path)
    script = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", script], env={**os.environ, **recorded.environment})
    assert recorded.calls() == ["socket.connect 192.0.2.1"]


def test_the_server_starts_without_a_call_and_says_where_it_is(server, recorded, log):
    assert asked(server)[0] == 200
    assert recorded.calls() == []
    assert f"ICP Workbench: http://localhost:{urlsplit(server).port}" in log.read_text()


def test_foreign_websockets_are_refused_without_a_call(server, recorded):
    port = urlsplit(server).port
    foreign = [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:3000"},
        {"host": f"evil.example:{port}"},
        {"host": f"evil.example:{port}", "origin": f"http://evil.example:{port}"},
        {"host": f"127.0.0.1.evil.example:{port}"},
    ]
    assert [in_a_loop_of_its_own(refused_with(server, **one)) for one in foreign] == [403] * 6
    assert recorded.calls() == []


def test_its_own_pages_are_served_without_a_call(server, recorded):
    port = urlsplit(server).port
    own = [
        {},
        {"origin": server},
        {"host": f"localhost:{port}", "origin": f"http://localhost:{port}"},
        {"host": f"NAMED.test:{port}", "origin": f"http://named.test:{port}"},
        {"host": "icp.example", "origin": PUBLIC},
        {"origin": PUBLIC},  # behind a proxy that changes the Host
    ]
    for one in own[:-1]:
        assert in_a_loop_of_its_own(refused_with(server, **one)) is None, one
    assert in_a_loop_of_its_own(first_page(server, **own[-1]))
    assert recorded.calls() == []


def test_ten_foreign_websockets_keep_nobody_waiting(server, recorded):
    async def ten():
        return await asyncio.gather(
            *(refused_with(server, origin=PUBLIC + ".evil") for _ in range(10))
        )

    with ThreadPoolExecutor(1) as pool:
        flood = pool.submit(asyncio.run, ten())
        waits = []
        while len(waits) < 5 or not flood.done():
            began = time.perf_counter()
            assert asked(server)[0] == 200
            waits.append(time.perf_counter() - began)
        assert flood.result() == [403] * 10
    assert statistics.median(waits) < 0.1
    assert recorded.calls() == []


@pytest.mark.parametrize(
    ("path", "method", "origin", "expected"),
    [
        ("/s/token", "POST", "http://evil.example", 403),
        ("/s/token", "POST", "null", 403),
        ("/guest/leave", "GET", "http://evil.example", 403),
        ("/_stcore/upload_file/a/b", "PUT", "http://evil.example", 403),
        ("/_stcore/metrics", "GET", "http://evil.example", 403),
        ("/s/token", "POST", None, 404),
        ("/healthz", "GET", PUBLIC, 200),
    ],
)
def test_foreign_requests_are_refused_with_the_headers(server, path, method, origin, expected):
    status, headers = asked(server, path, method, **({"Origin": origin} if origin else {}))
    assert status == expected
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Content-Security-Policy"]


def test_another_host_is_refused_on_every_route(server):
    for path in ("/", "/healthz", "/methods", "/_stcore/health", "/static/x.js"):
        assert asked(server, path, Host="evil.example")[0] == 421
        assert asked(server, path, Host="evil.example", X_Forwarded_Host="localhost")[0] == 421


def test_a_host_that_is_none_stops_the_start_and_is_named(tmp_path):
    log = tmp_path / "log.txt"
    wrong = ("--server.allowedHosts", "https://icp.example")
    with (
        pytest.raises(AssertionError, match="ended at its start"),
        running_app(tmp_path / "home", log, *wrong),
    ):
        pass
    assert "“https://icp.example” is not the name of a host" in log.read_text()
