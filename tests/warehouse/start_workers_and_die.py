"""Starts a worker, prints its process id, then runs a query that has no end."""

import sys
from pathlib import Path

from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers

if __name__ == "__main__":
    build = Build(id="20260101T000000000000Z", path=Path(sys.argv[1]), sha256="0" * 64, rows={})
    workers = QueryWorkers(lambda: build)
    workers.run("SELECT 1", "somebody")
    print(*workers.process_ids, flush=True)
    workers.run("SELECT count(*) FROM range(1000000000000)", "somebody")
