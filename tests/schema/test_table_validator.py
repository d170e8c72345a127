"""The catalog's validator: columns and types, found without running anything."""

import ibis
import ibis.expr.types as ir
import pytest
from kedro.validation.core import ValidatorSpec, resolve_validator

from genai_session_analyzer.errors import SchemaError, UnknownNameError
from genai_session_analyzer.schema import TableValidator, table_schema


def unbound(**changes: str | None) -> ir.Table:
    """An unbound data_quality table: reading a row of it is impossible."""
    types = {name: str(t) for name, t in table_schema("data_quality").ibis_schema().items()}
    types |= changes
    return ibis.table({name: t for name, t in types.items() if t}, name="data_quality")


def test_the_declared_table_passes_unchanged_and_unexecuted() -> None:
    table = unbound()
    assert TableValidator("data_quality").validate(table) is table


def test_further_columns_any_order_and_nullability_are_allowed() -> None:
    table = unbound(build_id="string", passed="!boolean")
    reordered = table.select(*reversed(table.columns))
    assert TableValidator("data_quality").validate(reordered) is reordered


def test_a_message_lists_every_problem_with_the_closest_column() -> None:
    table = unbound(check_name=None, check_nam="string", passed="string", failing_rows="int32")
    with pytest.raises(SchemaError) as caught:
        TableValidator("data_quality").validate(table)
    message = str(caught.value)
    assert "data_quality is not what the schema declares" in message
    assert "'check_name' (string) is missing (did you mean its column 'check_nam'?)" in message
    assert "'passed' is string, declared boolean" in message
    assert "'failing_rows' is int32, declared int64" in message
    assert "detail" not in message


@pytest.mark.parametrize(
    ("dtype", "fits"),
    [
        ("timestamp", True),
        ("timestamp(6)", True),
        ("timestamp(9)", True),
        ("timestamp('UTC')", False),
        ("date", False),
        ("string", False),
    ],
)
def test_a_time_may_have_any_precision_but_no_zone(dtype: str, *, fits: bool) -> None:
    types = dict(table_schema("rejected_rows").ibis_schema().items()) | {"ingested_at": dtype}
    table = ibis.table(types, name="rejected_rows")
    validator = TableValidator("rejected_rows")
    if fits:
        validator.validate(table)
    else:
        with pytest.raises(SchemaError, match="ingested_at"):
            validator.validate(table)


def test_reasons_are_a_list_not_a_text() -> None:
    types = dict(table_schema("rejected_rows").ibis_schema().items())
    validator = TableValidator("rejected_rows")
    validator.validate(ibis.table(types | {"reasons": "array<!string>"}, name="t"))
    with pytest.raises(SchemaError, match="'reasons' is string, declared array<string>"):
        validator.validate(ibis.table(types | {"reasons": "string"}, name="t"))


def test_what_is_no_ibis_table_is_refused() -> None:
    with pytest.raises(SchemaError, match="expected an Ibis table, got list"):
        TableValidator("data_quality").validate(["part-0.parquet"])


def test_an_unknown_table_is_refused_when_the_catalog_is_read() -> None:
    with pytest.raises(UnknownNameError, match="mean 'data_quality'"):
        TableValidator("data_qualty")


def test_kedro_builds_it_from_a_catalog_entry() -> None:
    spec = ValidatorSpec.from_dataset_config(
        "data_quality",
        {
            "class": "genai_session_analyzer.schema.TableValidator",
            "options": {"table": "data_quality"},
        },
    )
    validator = resolve_validator(spec)
    table = unbound()
    assert validator.validate(table) is table
    with pytest.raises(SchemaError):
        validator.validate(unbound(passed=None))


def test_vectors_of_another_length_are_refused() -> None:
    schema = dict(table_schema("ftr_prompt_embeddings").ibis_schema().items())
    shorter = ibis.table(schema | {"embedding": "array<float32, 512>"}, name="shorter")
    with pytest.raises(SchemaError, match="512"):
        TableValidator("ftr_prompt_embeddings").validate(shorter)
