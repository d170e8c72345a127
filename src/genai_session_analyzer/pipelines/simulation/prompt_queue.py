"""Sessions that wait for a user: the source's rows in order, cut into sessions."""

import numpy as np

from genai_session_analyzer.pipelines.simulation.source_arrays import Array


class SessionQueue:
    """Ranges of rows (first row and end), handed out in order; what was given back comes first."""

    def __init__(self, bounds: Array) -> None:
        """Takes the first row of each session and, last, the number of rows."""
        self._ranges = np.stack((bounds[:-1], bounds[1:])).astype(np.int64)
        self._taken = 0
        self._returned = np.empty((2, 0), dtype=np.int64)

    def __len__(self) -> int:
        """Sessions that wait."""
        return int(self._returned.shape[1] + self._ranges.shape[1] - self._taken)

    def give_back(self, ranges: Array) -> None:
        """Puts ranges in front. Shape (2, sessions)."""
        self._returned = np.concatenate((self._returned, ranges), axis=1)

    def take(self, count: int) -> Array:
        """The next ranges, at most so many. Shape (2, sessions)."""
        again = min(count, self._returned.shape[1])
        stop = min(self._taken + count - again, self._ranges.shape[1])
        taken = (self._returned[:, :again], self._ranges[:, self._taken : stop])
        self._returned, self._taken = self._returned[:, again:], stop
        return np.concatenate(taken, axis=1)
