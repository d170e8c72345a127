"""The step that embeds prompts, killed: a rerun goes on and ends where no kill would have."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from embedding_fakes import CountingEncoder, embedded, lakes
from listed_runs import ListingTracker

from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.embeddings.nodes import embedding_configuration

PROMPTS = 400
CODE = (
    "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path; "
    "import test_embed_prompts_killed as test; test.slow_run(Path(sys.argv[1]))"
)


class SlowEncoder(CountingEncoder):
    """Takes its time, and says how many texts it was given."""

    def encode(self, texts):
        time.sleep(0.005)
        print(len(texts), flush=True)
        return super().encode(texts)


def slow_run(path):
    """The step over all prompts, a hundred batches."""
    with ResultStore(path) as store:
        return embedded(lakes(PROMPTS), store, ListingTracker(), SlowEncoder())


def kill_a_run(path: Path, batches: int) -> bool:
    """Whether the run was still at work when it was killed, so many batches after its start."""
    child = subprocess.Popen(
        [sys.executable, "-c", CODE, str(path), *sys.path],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    lines = [child.stdout.readline() for _ in range(batches)]
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return all(lines)


@pytest.mark.parametrize(("seed", "kills"), [(5, 1), pytest.param(6, 100, marks=pytest.mark.soak)])
def test_kills_change_nothing(tmp_path, seed, kills):
    dice = random.Random(seed)  # noqa: S311
    killed = tmp_path / "killed.sqlite"
    for _ in range(kills):
        if not kill_a_run(killed, dice.randrange(2, 25)):
            break  # the rest was finished before the kill came
    with ResultStore(killed) as store:
        kept = len(store.settled_ids(embedding_configuration(CountingEncoder())))
    assert 0 < kept <= PROMPTS
    columns = ["prompt_id", "embedding", "model", "revision"]
    resumed = slow_run(killed).select(columns)
    assert resumed == slow_run(tmp_path / "whole.sqlite").select(columns)
