"""Running statements of users and models, each in a process of its own that can only read.

No setting of DuckDB keeps every statement from crashing, hanging or eating memory: what a query may
do to its process it must not do to ours. `QueryWorkers` keeps a few such processes; `process.py` is
what runs in them.
"""

from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers
from genai_session_analyzer.warehouse.query_worker.result import QueryResult
from genai_session_analyzer.warehouse.query_worker.settings import QueryLimits, WorkerSettings

__all__ = ["QueryLimits", "QueryResult", "QueryWorkers", "WorkerSettings"]
