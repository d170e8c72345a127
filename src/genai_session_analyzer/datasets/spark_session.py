"""The Spark session of a run: made when the first table needs it, shared by all of them."""

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
from ibis.backends import BaseBackend
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER_VARIABLE = "GSA_SPARK_MASTER"
"""Environment variable with the master's URL; `--params spark.master=URL` goes before it."""
DEFAULT_MASTER = "local[2]"
LOOPBACK = "127.0.0.1"
_NEEDED = {
    "spark.sql.session.timeZone": "UTC",  # days are UTC days
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # times are UTC without a zone, as in DuckDB
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error, never a null
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # before 4.2 results came row by row
}
_ON_ONE_MACHINE = {
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.host": LOOPBACK,
    "spark.sql.shuffle.partitions": "8",  # 200 tasks of nothing cost more than the work
}


class SparkSettings(BaseModel):
    """Where Spark runs and where its tables are.

    Attributes:
        root: Folder of the tables; on a cluster one that every machine sees.
        master: URL of the master; None: what the environment says, else two local cores.
        options: Further Spark options by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str
    master: str | None = None
    options: dict[str, str] = {}


def spark_session(settings: SparkSettings) -> "SparkSession":
    """Return the process's session, started where there is none yet.

    Raises:
        AnalyzerError: PySpark or Java is missing.
    """
    options = session_options(settings)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else its workers run `python3`
    if not _is_local(options) and os.environ.get("SPARK_LOCAL_IP") == LOOPBACK:
        del os.environ["SPARK_LOCAL_IP"]  # pandera sets it; a cluster could not call back
    try:
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415  (an optional dependency)
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as problem:
        raise AnalyzerError(
            "The environment `spark` needs PySpark: install the extra `spark`, "
            "as in `pip install '.[spark]'`."
        ) from problem
    builder = SparkSession.builder.appName("genai_session_analyzer")
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as problem:
        raise AnalyzerError(
            f"Spark did not start: {problem}. It needs Java 17 or 21 (`java -version`; JAVA_HOME)."
        ) from problem


def session_options(settings: SparkSettings) -> dict[str, str]:
    """Return every option of the session; those that results depend on cannot be overridden."""
    master = settings.master or os.environ.get(MASTER_VARIABLE, DEFAULT_MASTER)
    chosen = {**settings.options, "spark.master": master, **_NEEDED}
    return {**_ON_ONE_MACHINE, **chosen} if _is_local(chosen) else chosen


def _is_local(options: dict[str, str]) -> bool:
    return options["spark.master"].startswith("local")


@cache
def _backend_of(session: "SparkSession") -> BaseBackend:
    return ibis.pyspark.connect(session)


def spark_backend(settings: SparkSettings) -> Any:
    """Return Ibis's backend on the process's session; the same one for every table."""
    return _backend_of(spark_session(settings))
