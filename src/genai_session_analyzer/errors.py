"""The error tree.

    AnalyzerError
    ├── SourceError            a source cannot be read: file, problem, remedy
    │   ├── MappingError       a column mapping names what is not there
    │   └── RejectionError     more rows rejected than the share allowed
    ├── SchemaError            a table is not what `schema/` says it is
    ├── DataQualityError       checks failed; nothing was published
    ├── PublishError           a build could not be written or checked
    │   └── BuilderBusyError   another run holds the builder's lock
    ├── NoBuildError           nothing has been published yet, or nothing valid is left
    ├── ModelError             a model is missing, damaged, or its endpoint does not answer
    │   └── RequestRefusedError  this request was refused (language_model/refusal.py)
    ├── ResultStoreError       the store of model results cannot be opened or written
    ├── TrackingError          MLflow's store cannot be written
    └── UnknownNameError       a measure, dimension, table or setting that does not exist

Every message says what was asked, what exists, and what to do.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class AnalyzerError(Exception):
    """Anything this package raises for a reason a user can act on."""


class SourceError(AnalyzerError):
    """A source cannot be read; the message names the file, the problem and the remedy."""


class MappingError(SourceError):
    """A column mapping does not fit the file it was asked to read."""


class RejectionError(SourceError):
    """More rows were rejected than the source allows."""


class SchemaError(AnalyzerError):
    """A table does not have the columns, types or key that `schema/` declares."""


class DataQualityError(AnalyzerError):
    """Data-quality checks failed, so nothing was published."""


class PublishError(AnalyzerError):
    """A build could not be written or did not pass its checks; the old one is still served."""


class BuilderBusyError(PublishError):
    """Another run is building; it holds the builder's lock."""


class NoBuildError(AnalyzerError):
    """No published build can be opened."""


class ModelError(AnalyzerError):
    """A model cannot be loaded or asked; the message names it, the cause and the remedy."""


class ResultStoreError(AnalyzerError):
    """The store of model results cannot be opened, read or written."""


class TrackingError(AnalyzerError):
    """MLflow's store cannot be opened, read or written; finished model work is kept."""


class UnknownNameError(AnalyzerError):
    """A name that does not exist, with what does and the closest match."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        options = sorted(known)
        close = get_close_matches(name, options, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        super().__init__(f"Unknown {kind} {name!r}.{hint} Known: {', '.join(options) or 'none'}.")
        self.name = name
