"""The dry run: what an ingest would do, told on the terminal; it writes nothing."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading, judge_file
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.diffusiondb import preview_path
from genai_session_analyzer.pipelines.ingestion.files.discovery import find_source_files
from genai_session_analyzer.pipelines.ingestion.files.readers import read_source_file
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS, OUR_UNITS, absence
from genai_session_analyzer.pipelines.ingestion.mapping.model import ColumnMapping, SourceMapping
from genai_session_analyzer.pipelines.ingestion.sources import working_connection
from genai_session_analyzer.pipelines.ingestion.store.chunk_tables import JudgedFile
from genai_session_analyzer.pipelines.ingestion.store.raw_store import RawStore
from genai_session_analyzer.pipelines.ingestion.store.rejections import Rejection, count_rejections


@dataclass(frozen=True)
class FilePlan:
    """What ingesting one file would do."""

    path: Path
    mapping: SourceMapping
    unused_columns: tuple[str, ...]
    rows_in: int
    rejected: int
    repeated: int
    """Rows whose id an earlier row of the file has: duplicates, or conflicts to be rejected."""
    rejections: tuple[Rejection, ...]
    is_known: bool
    """Whether this very file counts already, so that nothing would happen."""


def plan_files(reading: Reading, path: str, folder: Path) -> list[FilePlan]:
    """Reads, maps and judges every file under a path, in memory.

    Args:
        reading: How the files would be read.
        path: A file, a folder or a glob.
        folder: A temporary folder to spill into.

    Raises:
        SourceError: What an ingest would stop at before judging any row.
    """
    with working_connection(folder) as connection:
        return [_plan(connection, reading, file) for file in find_source_files(path)]


def print_file_plan(reading: Reading, console: Console | None = None) -> None:
    """Prints the plan of every file the source names."""
    shown = console or Console()
    with TemporaryDirectory() as folder:
        path = preview_path(reading, Path(folder))
        for plan in plan_files(reading, path, Path(folder)):
            _print_plan(shown, plan, reading)
    shown.print("Dry run: nothing was written.")


def print_corpus_plan(
    parameters: CorpusParameters, seed: int, console: Console | None = None
) -> None:
    """Prints what the embedded corpus would be."""
    (console or Console()).print(
        f"Embedded corpus: {parameters.generation_count:,} generations, seed {seed}; prompts, "
        "samplers, steps, scales, sizes, seeds and image counts are generated, users, times and "
        "telemetry simulated. No row is rejected.\nDry run: nothing was written."
    )


def _plan(connection: Backend, reading: Reading, path: Path) -> FilePlan:
    source = reading.source
    read = read_source_file(connection.con, path, limits=source.limits, dialect=source.dialect)
    file = judge_file(connection, read, reading, path.name, source.row_limit)
    judged = connection.create_table(
        "judged", file.candidates.select("source_row", "generation_id", "reasons"), temp=True
    )
    rejected = _rejected(file, judged)
    accepted = judged.filter(judged.reasons.length() == 0)
    mapping = reading.mapping.for_columns(read.columns, path.name)
    used = {name for column in mapping.columns.values() for name in column.columns()}
    counts = _count(judged), _count(rejected), _count(file.broken)
    plan = FilePlan(
        path=path,
        mapping=mapping,
        unused_columns=tuple(name for name in read.columns if name not in used),
        rows_in=counts[0] + counts[2],
        rejected=counts[1],
        repeated=_count(accepted) - int(accepted.generation_id.nunique().to_pyarrow().as_py()),
        rejections=tuple(count_rejections(rejected)),
        is_known=_is_known(reading, read.sha256),
    )
    connection.drop_table("judged")
    return plan


def _rejected(file: JudgedFile, judged: ir.Table) -> ir.Table:
    broke_rules = judged.filter(judged.reasons.length() > 0)
    told = broke_rules.select(row_number="source_row", reasons="reasons")
    return told.union(file.broken.select("row_number", "reasons"))


def _is_known(reading: Reading, sha256: str) -> bool:
    store = RawStore.open(Path(reading.source.store), reading.mapping.dataset, reading.hash)
    return sha256 in {entry.sha256 for entry in store.ledger()}


def _count(table: ir.Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _print_plan(console: Console, plan: FilePlan, reading: Reading) -> None:
    console.print(_fields_table(plan.mapping, f"{plan.path.name} as {plan.mapping.dataset}"))
    for line in (*_missing(plan.mapping), *_unused(plan), _verdict(plan, reading)):
        console.print(line, markup=False, highlight=False)
    if plan.rejections:
        console.print(_rejections_table(plan.rejections))


def _fields_table(mapping: SourceMapping, title: str) -> Table:
    table = Table("our field", "its origin", "unit", "their words", title=escape(title))
    for field in FIELDS:
        if field in mapping.columns or field in mapping.constants:
            table.add_row(field, *(escape(cell) for cell in _origin(field, mapping)))
    return table


def _missing(mapping: SourceMapping) -> list[str]:
    """A line for each thing that may become of fields the source does not state."""
    absent = [name for name in FIELDS if name not in {*mapping.columns, *mapping.constants}]
    fates = dict.fromkeys(absence(field) for field in absent)
    return [
        f"Missing, {fate}: {', '.join(name for name in absent if absence(name) == fate)}."
        for fate in fates
    ]


def _unused(plan: FilePlan) -> list[str]:
    names = ", ".join(plan.unused_columns)
    return [f"Columns not used: {names}."] if names else []


def _verdict(plan: FilePlan, reading: Reading) -> str:
    if plan.is_known:
        return "This very file was ingested before: ingesting it again changes nothing."
    share, limit = plan.rejected / plan.rows_in, reading.source.max_rejected_share
    consequence = "this stops the run" if share > limit else "the rest is ingested"
    return (
        f"Rows: {plan.rows_in:,} in, {plan.rejected:,} rejected ({share:.1%}; up to {limit:.1%} is "
        f"allowed, so {consequence}), {plan.repeated:,} with an id seen before."
    )


def _origin(field: str, mapping: SourceMapping) -> tuple[str, str, str]:
    ours = OUR_UNITS.get(field, "")
    if field in mapping.constants:
        return f"always {mapping.constants[field]!r}", ours, ""
    column = mapping.columns[field]
    if field == "requested_at":
        zone = mapping.timezone or "none: times without one are rejected"
        ours = f"UTC, from epoch {column.unit}" if column.unit else f"UTC; zone if unstated: {zone}"
    elif column.unit and column.unit != ours:
        ours = f"{column.unit} -> {ours}"
    return column.column or column.template or "", ours, _words(column)


def _words(column: ColumnMapping) -> str:
    words = [f"{theirs} = {ours}" for theirs, ours in (column.values or {}).items()]
    nulls = [f"null where {name} is {' or '.join(v)}" for name, v in column.unless.items()]
    return ", ".join([*words, *nulls]).replace("None", "unknown")


def _rejections_table(rejections: tuple[Rejection, ...]) -> Table:
    table = Table("would be rejected because", "rows", "first row")
    for rejection in rejections:
        table.add_row(rejection.reason, f"{rejection.row_count:,}", f"{rejection.first_row:,}")
    return table
