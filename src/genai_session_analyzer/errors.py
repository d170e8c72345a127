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
    ├── PlanError              a plan has no meaning here (copilot/compiling/plan_error.py)
    ├── FieldMissingError      the build has no data for a field (copilot/catalogue/terms.py)
    ├── SqlRefusedError        a statement breaks a rule: which, and what to do instead
    ├── QueryError             a statement was not run to its end, in a worker process
    │   ├── QueryFailedError     the engine refuses it or crashed on it
    │   ├── QueryDeadlineError   it took too long
    │   ├── QueryMemoryError     it needs too much memory
    │   ├── QueryCancelledError  whoever asked has stopped it
    │   └── WorkersBusyError     too many at once; nothing was run
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


class SqlRefusedError(AnalyzerError):
    """A statement that is not run: the rule it breaks, what is wrong, what to do instead."""

    def __init__(self, rule: str, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy} (rule: {rule})")
        self.rule = rule
        self.problem = problem
        self.remedy = remedy


class QueryError(AnalyzerError):
    """A statement was not run to its end; the build is untouched and the next one can be run."""


class QueryFailedError(QueryError):
    """The engine refuses the statement, or its process ended while running it."""


class QueryDeadlineError(QueryError):
    """The statement took longer than the deadline and was stopped."""


class QueryMemoryError(QueryError):
    """The statement needs more memory than a worker may use."""


class QueryCancelledError(QueryError):
    """The statement was stopped by whoever asked for it."""


class WorkersBusyError(QueryError):
    """Too many statements at once, or one of the same asker is still running."""


class UnknownNameError(AnalyzerError):
    """A name that does not exist, with the closest that do.

    All that exist are in the message, or, where there are too many, `listed` says where they are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], listed: str = "") -> None:
        options = sorted(known)
        close = _nearest(name, options)[: 3 if listed else 1]
        hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
        rest = listed or f"Known: {', '.join(options) or 'none'}."
        super().__init__(f"Unknown {kind} {name!r}.{hint} {rest}")
        self.name = name


def _nearest(name: str, options: list[str]) -> list[str]:
    """The options that are the name behind a point, then those spelt like it."""
    qualified = [each for each in options if each.endswith(f".{name}")]
    return list(dict.fromkeys([*qualified, *get_close_matches(name, options, n=3)]))
