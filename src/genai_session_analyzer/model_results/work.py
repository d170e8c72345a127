"""Working through items in batches: each finished batch is kept, a rerun goes on behind it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from genai_session_analyzer.model_results.configuration import Configuration
from genai_session_analyzer.model_results.store import Outcome, ResultStore

Item = TypeVar("Item")


@dataclass(frozen=True)
class WorkCounts:
    """Items of one step: computed now, there before, failed now; and the seconds it took."""

    new: int
    cached: int
    failed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Items per second of this run; 0 where nothing was to be done."""
        done = self.new + self.failed
        return done / self.seconds if done else 0.0

    def as_metrics(self) -> dict[str, float]:
        """Return the counts and the rate by name, for tracking."""
        return {
            "new": self.new,
            "cached": self.cached,
            "failed": self.failed,
            "seconds": self.seconds,
            "items_per_s": self.rate,
        }


@dataclass(frozen=True)
class Place:
    """Where results go: the store, under which configuration, by which tracked run."""

    store: ResultStore
    configuration: Configuration
    run_id: str


def work_through(
    items: Sequence[Item],
    compute: Callable[[Sequence[Item]], Sequence[Outcome]],
    place: Place,
    batch_size: int,
    advance: Callable[[int], None],
) -> tuple[int, int]:
    """Compute all items batch by batch, keeping each batch before the next one starts.

    Args:
        items: What is pending, in the order it is worked in.
        compute: Returns one outcome per item; an error it raises ends the work, finished batches
            are kept.
        place: Where results go.
        batch_size: Items that a kill may lose.
        advance: Is told how many more items are done, after every batch.

    Returns:
        Items with a result, and items that failed.
    """
    new = failed = 0
    for start in range(0, len(items), batch_size):
        outcomes = compute(items[start : start + batch_size])
        place.store.keep(place.configuration, outcomes, place.run_id)
        failures = sum(each.error is not None for each in outcomes)
        new, failed = new + len(outcomes) - failures, failed + failures
        advance(len(outcomes))
    return new, failed


def counted(cached: int, work: Callable[[], tuple[int, int]]) -> WorkCounts:
    """Do the work and return its counts beside the number of items that were there before."""
    started = time.perf_counter()
    new, failed = work()
    return WorkCounts(new, cached, failed, time.perf_counter() - started)
