"""`make load`: page switches, thirty people moving weights, fifty viewers, and memory, against the
real server.

Comes in: nothing. Goes out: tables on stdout, processor time beside wall time, since a loaded
machine stretches only the latter. Separate because it times, it does not test; the browser's own
share is in `whatif_browser`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import psutil

from benchmarks.prove import as_table
from benchmarks.session_client import Client
from benchmarks.whatif_browser import draw_tables
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from tests.real_server import running_alone
from ui.answers.steps import STEPS
from ui.frame.warm_up import THOROUGH_SECONDS

LARGE = "Benchmark study of five thousand"
SMALL = tuple(f"Neighbour study {name}" for name in ("Ahorn", "Birke", "Castanie", "Douglasie"))
# people moving weights; seconds between releases; how long
SESSIONS, EVERY, SECONDS = 30, 2.0, 60.0
VIEWERS, BETWEEN = 50, 10.0  # people on one page; seconds between one person's reloads
CYCLES, MEMORY_ROUNDS, PAGE = 200, 3, "rubric"
# seconds a closed session is held here; 120 in the app, longer than this benchmark should wait
FORGET_AFTER = 5
Row: TypeAlias = dict[str, object]


def measure(parts: tuple[str, ...] = ()) -> dict[str, list[Row]]:
    """Tables by title; `parts`: only those whose name is given (switch, whatif, viewers, memory)."""
    with tempfile.TemporaryDirectory() as home:
        studies = make_studies(home)
        with running_alone(Path(home), f"--server.disconnectedSessionTTL={FORGET_AFTER}") as (
            address,
            process,
        ):
            server = psutil.Process(process)
            return asyncio.run(_measure(address, server, studies, parts))


def make_studies(home: str) -> dict[str, str]:
    """Title → id: one of 5,000 accounts and 20,000 deals, four small neighbours."""
    store = StudyStore(Path(home))
    studies = {LARGE: store.create(draw_tables(), Settings(title=LARGE)).id}
    for number, title in enumerate(SMALL):
        studies[title] = store.create(draw_tables(200 + number, 900), Settings(title=title)).id
    return studies


async def _measure(
    address: str, server: psutil.Process, studies: dict[str, str], parts: tuple[str, ...]
) -> dict[str, list[Row]]:
    all_parts: dict[str, tuple[str, Callable[[], Coroutine[Any, Any, list[Row]]]]] = {
        "switch": (
            "Page switch, seconds",
            lambda: measure_switches(address, server, studies[LARGE]),
        ),
        "whatif": (
            "Thirty sessions moving weights",
            lambda: measure_what_if(address, server, studies[LARGE]),
        ),
        "viewers": ("Fifty viewers on one page", lambda: measure_viewers(address, server, studies)),
        "memory": (
            "Memory over connects and disconnects",
            lambda: measure_memory(address, server, studies[LARGE]),
        ),
    }
    await warm_pages(address, studies[LARGE])
    found = {}
    for name, (title, part) in all_parts.items():
        if not parts or name in parts:
            found[title] = await part()
            print(f"\n## {title}\n\n{as_table(found[title])}", flush=True)
    return found


async def warm_pages(address: str, study: str) -> None:
    """Open every page once: what is computed once for a study is not what these figures are about."""
    client = await start(address, study, "")
    for step in STEPS:
        print(f"first visit of {step.key}: {await client.open(step.url_path):.1f} s", flush=True)
    await client.close()


async def start(address: str, study: str, url_path: str) -> Client:
    """A new session that shows a page."""
    client = Client(address, study)
    await client.connect()
    await client.open(url_path)
    return client


async def measure_switches(
    address: str, server: psutil.Process, study: str, rounds: int = 8
) -> list[Row]:
    """One row a page: seconds from the click to the whole page, with processor time; the last row
    is all of them.
    """
    client, rows, every = await start(address, study, ""), [], []
    for step in STEPS:
        other = next(one for one in STEPS if one.key != step.key)
        taken, used = [], 0.0
        for _ in range(rounds):
            await client.open(other.url_path)
            before = processor_time(server)
            taken.append(await client.open(step.url_path))
            used += processor_time(server) - before
        every += taken
        rows.append(
            {"page": step.key, **spread(taken), "cpu": used / rounds, "kB": answer_size(client)}
        )
    await client.close()
    return [*rows, {"page": "all", **spread(every), "cpu": None, "kB": None}]


async def measure_what_if(
    address: str, server: psutil.Process, study: str, people: int = SESSIONS
) -> list[Row]:
    """Milliseconds from release to the engine's figures, alone and with `people` at once; drift of
    the memory.
    """
    rows = []
    for crowd in (1, people):
        clients = [await start(address, study, PAGE) for _ in range(crowd)]
        for number, client in enumerate(clients):
            # from now on the accounts are not sent again
            await client.move(1, other_weights(client, number))
        before, memory, began = processor_time(server), resident(server), time.perf_counter()
        moved = await asyncio.gather(
            *(move_weights(one, number) for number, one in enumerate(clients))
        )
        taken = [seconds for some in moved for seconds in some]
        passed, used = time.perf_counter() - began, processor_time(server) - before
        rows.append(
            {
                "sessions": crowd,
                "releases": len(taken),
                **{name: 1000 * value for name, value in spread(taken).items()},
                "cpu ms a release": 1000 * used / len(taken),
                "server busy": used / passed,
                "MB grown": resident(server) - memory,
                "load": os.getloadavg()[0],
            }
        )
        for client in clients:
            await client.close()
    return rows


async def move_weights(client: Client, number: int) -> list[float]:
    """One person: a release every two seconds for a minute, beginning anywhere in the first two.

    Between two releases weights rest, and what stands around the control is drawn anew, as a
    browser asks for it.
    """
    draw, taken = np.random.default_rng(number), []
    until = time.perf_counter() + SECONDS
    await asyncio.sleep(float(draw.uniform(0, EVERY)))
    step = 2
    while time.perf_counter() < until:
        began = time.perf_counter()
        taken.append(await client.move(step, other_weights(client, int(draw.integers(1_000)))))
        following = began + EVERY
        rested = time.perf_counter() + client.shown()["rest"] / 1000
        if rested < following:  # the next release comes first where many move at once
            await asyncio.sleep(rested - time.perf_counter())
            await client.rest(step)  # and lets the next weight go whether or not it was drawn
        await asyncio.sleep(max(0.0, following - time.perf_counter()))
        step += 1
    return taken


def other_weights(client: Client, seed: int) -> list[int]:
    """Whole weights that add up to 100, drawn anew."""
    size = len(client.shown()["criteria"])
    return [
        int(one) for one in np.random.default_rng(seed).multinomial(100, np.full(size, 1 / size))
    ]


async def measure_viewers(
    address: str, server: psutil.Process, studies: dict[str, str], people: int = VIEWERS
) -> list[Row]:
    """Seconds until a page is whole while fifty look; whether anybody was told another study's
    title.
    """
    titles = [LARGE if number % 2 else SMALL[number // 2 % len(SMALL)] for number in range(people)]
    for title in SMALL:
        await (await start(address, studies[title], "validation")).close()
    clients = [await start(address, studies[title], "validation") for title in titles]
    before, began = processor_time(server), time.perf_counter()
    seen = await asyncio.gather(
        *(
            look(one, title, number)
            for number, (one, title) in enumerate(zip(clients, titles, strict=True))
        )
    )
    passed, used = time.perf_counter() - began, processor_time(server) - before
    taken = [seconds for some, _wrong in seen for seconds in some]
    for client in clients:
        await client.close()
    return [
        {
            "viewers": people,
            "pages": len(taken),
            **spread(taken),
            "cpu a page": used / len(taken),
            "server busy": used / passed,
            "wrong titles": sum(wrong for _some, wrong in seen),
            "load": os.getloadavg()[0],
        }
    ]


async def look(
    client: Client, title: str, number: int, reloads: int = 4
) -> tuple[list[float], int]:
    """One viewer: seconds of each reload, and how many answers lacked the own title or named
    another study.
    """
    taken, wrong = [], 0
    await asyncio.sleep(float(np.random.default_rng(number).uniform(0, BETWEEN)))
    for _ in range(reloads):
        began = time.perf_counter()
        taken.append(await client.open("validation"))
        heard = b"".join(client.heard)
        others = [one for one in (LARGE, *SMALL) if one != title]
        wrong += title.encode() not in heard or any(one.encode() in heard for one in others)
        await asyncio.sleep(max(0.0, BETWEEN - (time.perf_counter() - began)))
    return taken, wrong


async def measure_memory(
    address: str, server: psutil.Process, study: str, rounds: int = MEMORY_ROUNDS
) -> list[Row]:
    """Resident memory of the server: `CYCLES` tabs open and close, one after the other, in each
    round.

    Between rounds nobody comes for longer than the server waits between two thorough collections of
    garbage; the next visit then sets one off. What grows from rest to rest stays.
    """
    rows: list[Row] = []
    for number in range(1, rounds + 1):
        for _ in range(CYCLES):
            client = await start(address, study, PAGE)
            await client.close()
        busy = resident(server)
        await asyncio.sleep(THOROUGH_SECONDS + 5)
        for _ in range(2):
            client = await start(address, study, PAGE)
            await client.close()
            await asyncio.sleep(2)
        rows.append(
            {
                "round": number,
                "cycles": number * CYCLES,
                "MB after the round": busy,
                "MB at rest": resident(server),
            }
        )
    return rows


def spread(taken: list[float]) -> dict[str, float]:
    """Median, 95th percentile and worst."""
    middle, high = np.percentile(taken, [50, 95])
    return {"p50": float(middle), "p95": float(high), "worst": max(taken)}


def processor_time(server: psutil.Process) -> float:
    """Seconds the server has computed so far, whatever else the machine did."""
    times = server.cpu_times()
    return float(times.user + times.system)


def resident(server: psutil.Process) -> float:
    """Megabytes of memory the server holds."""
    return float(server.memory_info().rss) / 2**20


def answer_size(client: Client) -> float:
    """Kilobytes the last answer weighed."""
    return sum(len(one) for one in client.heard) / 1024


if __name__ == "__main__":
    measure(tuple(sys.argv[1:]))
