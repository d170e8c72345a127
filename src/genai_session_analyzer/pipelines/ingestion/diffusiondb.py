"""DiffusionDB's metadata from Hugging Face: streamed once, projected, drawn, kept locally."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.contract.identity import sampled
from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading
from genai_session_analyzer.pipelines.progress import Advance, progress

DATA_FILES = {
    "2m": "hf://datasets/poloclub/diffusiondb/metadata.parquet",
    "large": "hf://datasets/poloclub/diffusiondb/metadata-large.parquet",
}
"""Source: the dataset's own tables, https://huggingface.co/datasets/poloclub/diffusiondb."""

BATCH_ROWS = 20_000
PREVIEW_ROWS = 10_000


def diffusiondb_path(reading: Reading) -> str:
    """The file to ingest: the one given, or a local copy of what the parameters ask for.

    A copy is made once, beside the raw store, and used by later runs without a network.

    Raises:
        SourceError: Hugging Face cannot be reached; the message says what to do instead.
    """
    source = reading.source
    if source.path is not None:
        return source.path
    copy = local_copy(reading)
    if not copy.exists():
        copy_rows(DATA_FILES[source.variant], copy, reading)
    return str(copy)


def preview_path(reading: Reading, folder: Path) -> str:
    """The file a dry run looks at: as `diffusiondb_path`, but a new copy goes to `folder`.

    It has at most `PREVIEW_ROWS` rows; a whole table would be gigabytes for a look.
    """
    source = reading.source
    if source.path is not None or local_copy(reading).exists():
        return diffusiondb_path(reading)
    limit = min(source.row_limit or PREVIEW_ROWS, PREVIEW_ROWS)
    limited = source.model_copy(update={"row_limit": limit})
    copy = folder / "preview.parquet"
    copy_rows(DATA_FILES[source.variant], copy, replace(reading, source=limited))
    return str(copy)


def local_copy(reading: Reading) -> Path:
    """Where the local copy of what the parameters ask for is, or will be."""
    return Path(reading.source.store).parent / "diffusiondb" / _copy_name(reading)


def copy_rows(data_files: str, copy: Path, reading: Reading) -> None:
    """Streams the mapped columns of a Parquet file into a local copy.

    Args:
        data_files: A path or an `hf://` address.
        copy: The local file; it appears once it is whole.
        reading: Says which columns, which share and how many rows.

    Raises:
        SourceError: The file cannot be reached or read.
    """
    from datasets.exceptions import DatasetsError  # noqa: PLC0415 - 2 s that others need not spend
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # noqa: PLC0415

    copy.parent.mkdir(parents=True, exist_ok=True)
    partial = copy.with_suffix(".partial")
    try:
        with progress("DiffusionDB: rows", reading.source.row_limit) as advance:
            _write(_drawn(_batches(data_files, _columns(reading)), reading), partial, advance)
        partial.replace(copy)
    except (OSError, HTTPError, DatasetsError, pa.ArrowInvalid) as error:
        told = " ".join(str(error).split())[:200]
        raise SourceError(
            f"{data_files}: cannot be read ({told}). Connect to the network, or download the file "
            "elsewhere and set source.path to the local copy."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _copy_name(reading: Reading) -> str:
    source = reading.source
    parts = ["metadata", source.variant]
    if source.sample_share < 1:
        parts.append(f"share-{source.sample_share:g}-seed-{reading.seed}")
    if source.row_limit is not None:
        parts.append(f"rows-{source.row_limit}")
    return "_".join(parts) + ".parquet"


def _columns(reading: Reading) -> list[str]:
    mapped = reading.mapping.columns.values()
    return sorted({name for column in mapped for name in column.columns()})


def _batches(data_files: str, columns: list[str]) -> Iterator[pa.Table]:
    from datasets import load_dataset  # noqa: PLC0415 - 2 s that others need not spend

    rows = load_dataset(
        "parquet", data_files=data_files, split="train", streaming=True, columns=columns
    )
    return iter(rows.with_format("arrow").iter(batch_size=BATCH_ROWS))


def _drawn(batches: Iterator[pa.Table], reading: Reading) -> Iterator[pa.Table]:
    """The rows of the sample, up to the limit."""
    left = reading.source.row_limit
    for batch in batches:
        drawn = _sample(batch, reading).slice(0, left)
        yield drawn
        if left is not None:
            left -= drawn.num_rows
            if left == 0:
                return


def _sample(batch: pa.Table, reading: Reading) -> pa.Table:
    share = reading.source.sample_share
    if share >= 1:
        return batch
    with duckdb.connect() as connection:
        backend = ibis.duckdb.from_connection(connection)
        connection.register("batch", batch)
        drawn = sampled(backend.table("batch"), reading.mapping, share, reading.seed)
        return drawn.to_pyarrow()


def _write(batches: Iterator[pa.Table], path: Path, advance: Advance) -> None:
    first = next(batches, None)
    if first is None:
        raise SourceError(f"{path.name}: the source has no rows. Check source.variant.")
    with pq.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        advance(first.num_rows)
        for batch in batches:
            writer.write_table(batch.cast(first.schema))
            advance(batch.num_rows)
