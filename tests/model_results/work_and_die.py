"""Works through items into a store, slowly enough to be killed anywhere.

python work_and_die.py STORE ITEMS BATCH
"""

import hashlib
import sys
import time
from pathlib import Path

from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    work_through,
)

CONFIGURATION = Configuration("step", "model", "1")


def compute(items):
    """The payload follows from the item alone; every seventh fails."""
    time.sleep(0.002)
    print("computed", len(items), flush=True)
    return [
        Outcome(item, error="no")
        if number_of(item) % 7 == 0
        else Outcome(item, payload=hashlib.sha256(item.encode()).digest() * 40)
        for item in items
    ]


def number_of(item):
    return int(item.removeprefix("item"))


def work(path, item_count, batch_size):
    """One run over whatever is not settled yet; says what is computed and what is kept."""
    with ResultStore(Path(path)) as store:
        settled = store.settled_ids(CONFIGURATION)
        pending = [item for n in range(item_count) if (item := f"item{n:05}") not in settled]
        place = Place(store, CONFIGURATION, "run")
        work_through(pending, compute, place, batch_size, say_kept)


def say_kept(done):
    print("kept", done, flush=True)


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
