"""From a file that was read to rows that are judged: mapping, contract, identity."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.pipelines.ingestion.contract.generation_contract import (
    ContractLimits,
    generation_contract,
    judged,
)
from genai_session_analyzer.pipelines.ingestion.contract.identity import (
    has_occurrences,
    identified,
    later_occurrences,
    sampled,
)
from genai_session_analyzer.pipelines.ingestion.files.readers import SourceRows
from genai_session_analyzer.pipelines.ingestion.mapping.conversion import mapped_rows
from genai_session_analyzer.pipelines.ingestion.mapping.model import SourceMapping
from genai_session_analyzer.pipelines.ingestion.mapping.shipped import load_mapping
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.pipelines.ingestion.store.chunk_tables import JudgedFile


@dataclass(frozen=True)
class Reading:
    """How the files of one run are read."""

    source: SourceParameters
    mapping: SourceMapping
    seed: int
    """Of the sample, where one is drawn."""
    now: datetime
    """Time of the run, UTC without a zone."""

    @classmethod
    def of(cls, source: SourceParameters, seed: int, now: datetime) -> "Reading":
        """The reading that the parameters ask for.

        Raises:
            MappingError: The mapping is not valid, or none was named.
            UnknownNameError: There is no mapping of that name.
        """
        name = source.mapping or ("diffusiondb" if source.kind == "diffusiondb" else None)
        return cls(source, load_mapping(name), seed, now)

    @property
    def hash(self) -> str:
        """SHA-256 of all that decides what is read: equal readings read equal rows."""
        return self.source.reading(self.mapping, self.seed)

    @property
    def limits(self) -> ContractLimits:
        """What the contract needs to know of this run."""
        return ContractLimits(
            as_of=self.source.as_of or self.now,
            max_prompt_chars=self.source.max_prompt_chars,
            is_prompt_required=self.mapping.null_prompt == "rejected",
            is_zone_known=self.mapping.timezone is not None,
        )

    def file_id(self, sha256: str) -> str:
        """Id of a file's content as it is read here: 16 hexadecimal digits."""
        return hashlib.sha256(f"{sha256} {self.hash}".encode()).hexdigest()[:16]


def judge_file(
    connection: Backend, read: SourceRows, reading: Reading, name: str, row_limit: int | None
) -> JudgedFile:
    """Puts mapping, contract and identity in front of a file's rows; all of it lazy.

    Args:
        connection: Where the file was read to.
        read: The file as the reader left it.
        reading: How it is read.
        name: What its rows carry as their source.
        row_limit: Take only the first so many of the rows drawn; None for all.

    Raises:
        MappingError: The file lacks columns the mapping names, or holds numbers as times.
    """
    mapping = reading.mapping.for_columns(read.columns, name)
    rows = temporary(connection, read.rows)
    share = reading.source.sample_share
    rows_are_all = row_limit is None and share >= 1
    rows = sampled(rows, mapping, share, reading.seed)
    broken = temporary(connection, read.broken)
    if row_limit is not None:
        rows = rows.limit(row_limit)
    last_row = rows.source_row.max().to_pyarrow().as_py() or 0
    if row_limit is not None:
        broken = broken.filter(broken.row_number <= last_row)
    return JudgedFile(
        file_id=reading.file_id(read.sha256),
        dataset=mapping.dataset,
        source=name,
        rows=rows,
        candidates=_candidates(connection, rows, mapping, reading.limits),
        broken=broken,
        last_row=last_row,
        row_count=read.row_count if rows_are_all else None,
    )


def temporary(connection: Backend, name: str) -> ir.Table:
    """A temporary table or view of the connection, by its name."""
    return connection.table(name, database=("temp", "main"))


def _candidates(
    connection: Backend, rows: ir.Table, mapping: SourceMapping, limits: ContractLimits
) -> ir.Table:
    mapped = mapped_rows(rows, mapping)
    later = None
    if has_occurrences(mapping):
        later = connection.create_table(
            "later_occurrences", later_occurrences(mapped), temp=True, overwrite=True
        )
    return identified(judged(mapped, generation_contract(limits)), mapping, later)
