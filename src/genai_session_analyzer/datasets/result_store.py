"""The store of model results, from the catalog."""

from pathlib import Path
from typing import Any, NoReturn

from kedro.io import AbstractDataset

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results import ResultStore


class ResultStoreDataset(AbstractDataset[NoReturn, ResultStore]):
    """Opens the store when the first step asks for it; all steps of a run share it."""

    def __init__(self, *, path: str, metadata: dict[str, Any] | None = None) -> None:
        """Open nothing yet.

        Args:
            path: The store's file, made where there is none.
            metadata: For kedro-viz.
        """
        self._path = Path(path)
        self.metadata = metadata
        self._store: ResultStore | None = None

    def load(self) -> ResultStore:
        """Returns the store, open.

        Raises:
            ResultStoreError: The file cannot be opened, or is no store.
        """
        if self._store is None:
            self._store = ResultStore(self._path)
        return self._store

    def save(self, data: NoReturn) -> None:
        """Steps put their results into the store that `load` returns."""
        raise ResultStoreError(f"{self._path} is not saved as a whole; keep results in it.")

    def _describe(self) -> dict[str, Any]:
        return {"path": str(self._path)}
