"""Every release is answered, also one that comes while what follows the release before is being
drawn.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from benchmarks import session_client
from benchmarks.session_client import Client
from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from ui.home.loading import sample_files

# how many; seconds over which they fall after a rest; until one counts as lost
RELEASES, SPREAD, LOST = 60, 0.06, 20.0


@pytest.fixture
def study(home_folder):
    return (
        StudyStore(home_folder)
        .create(read_sources(*sample_files())[0], Settings(title="Releases"))
        .id
    )


async def release_while_drawing(address: str, study: str) -> list[float]:
    client, draw, taken = Client(address, study), np.random.default_rng(5), []
    await client.connect()
    await client.open("rubric")
    size = len(client.shown()["criteria"])
    for number in range(1, RELEASES):
        weights = [int(one) for one in draw.multinomial(100, np.full(size, 1 / size))]
        taken.append(await client.move(number, weights))
        await client.rest(number)
        await asyncio.sleep(float(draw.uniform(0, SPREAD)))
    await client.close()
    return taken


def test_a_release_that_comes_while_lists_are_drawn_is_answered(server, study, monkeypatch):
    monkeypatch.setattr(session_client, "LONGEST", LOST)
    # Playwright's loop runs in this thread where another test came first
    with ThreadPoolExecutor(1) as apart:
        taken = apart.submit(lambda: asyncio.run(release_while_drawing(server, study))).result()
    assert max(taken) < LOST
