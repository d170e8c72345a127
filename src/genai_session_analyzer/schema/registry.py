"""Every declared table, by name, in the order the data flows."""

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.schema.dimensions import DIM_PROMPTS, DIM_USERS
from genai_session_analyzer.schema.facts import FCT_GENERATIONS, FCT_SESSIONS
from genai_session_analyzer.schema.features import (
    DIM_CLUSTERS,
    FTR_IMAGE_EMBEDDINGS,
    FTR_PROMPT_CLUSTERS,
    FTR_PROMPT_EMBEDDINGS,
    FTR_PROMPT_LABELS,
)
from genai_session_analyzer.schema.simulation import (
    CORPUS_TRUTH,
    SIMULATION_PROMPTS,
    SIMULATION_TRUTH,
    SIMULATION_USERS,
)
from genai_session_analyzer.schema.sources import INGESTED_FILES, RAW_GENERATIONS, REJECTED_ROWS
from genai_session_analyzer.schema.summaries import (
    DAILY_METRICS,
    DATA_QUALITY,
    USER_FRICTION_SUMMARY,
)
from genai_session_analyzer.schema.table_schema import TableSchema

TABLES: dict[str, TableSchema] = {
    table.name: table
    for table in (
        RAW_GENERATIONS,
        REJECTED_ROWS,
        INGESTED_FILES,
        DIM_USERS,
        DIM_PROMPTS,
        FCT_GENERATIONS,
        FCT_SESSIONS,
        FTR_PROMPT_EMBEDDINGS,
        FTR_PROMPT_LABELS,
        FTR_IMAGE_EMBEDDINGS,
        FTR_PROMPT_CLUSTERS,
        DIM_CLUSTERS,
        USER_FRICTION_SUMMARY,
        DAILY_METRICS,
        DATA_QUALITY,
        CORPUS_TRUTH,
        SIMULATION_TRUTH,
        SIMULATION_USERS,
        SIMULATION_PROMPTS,
    )
}


def table_schema(name: str) -> TableSchema:
    """Return the declared schema of a table.

    Raises:
        UnknownNameError: No table of that name is declared.
    """
    if name not in TABLES:
        raise UnknownNameError("table", name, TABLES)
    return TABLES[name]
