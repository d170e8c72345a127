"""What every accepted generation fulfils, whatever its source; each rule's name is its reason."""

from datetime import datetime

import ibis
import ibis.expr.types as ir
from pandera.api.ibis.container import DataFrameSchema
from pandera.config import ValidationDepth, config_context
from pandera.ibis import Check, Column
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.pipelines.ingestion.contract import row_rules as rules
from genai_session_analyzer.pipelines.ingestion.mapping.conversion import SOURCE_SUFFIX
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS
from genai_session_analyzer.schema.sources import RAW_GENERATIONS

VERSION = 1
"""To be raised when a rule changes what is accepted: files are then read anew."""

FIRST_TIME = datetime(2000, 1, 1)
MAX_WORD_CHARS = 1000
RANGES: dict[str, tuple[float, float]] = {
    "latency_ms": (0, 30 * 86_400_000),
    "retry_count": (0, 1_000_000),
    "cost_credits": (0, 1e12),
    "token_count": (0, 1_000_000),
    "steps": (0, 100_000),
    "width": (1, 100_000),
    "height": (1, 100_000),
    "image_count": (0, 100_000),
    "part_id": (0, 2**31 - 1),
    "image_nsfw": (0, 100),
    "prompt_nsfw": (0, 100),
}
"""Both bounds allowed. Wide on purpose: real services take a scale of -100 and 4096 pixels."""


Readings = dict[str, rules.Rule]
_NUMBER: Readings = {"not_a_number": rules.is_number, "not_finite": rules.is_finite}
_INTEGER: Readings = {**_NUMBER, "not_whole": rules.is_whole, "overflow": rules.fits_the_type}
READINGS: dict[str, Readings] = {
    "boolean": {"not_a_boolean": rules.is_readable},
    "date": {"not_a_date": rules.is_readable},
    "timestamp(6)": {"not_a_time": rules.is_readable},
    "float64": _NUMBER,
    "int32": _INTEGER,
    "int64": _INTEGER,
}
"""By type, the reasons for which a value cannot be read."""


class ContractLimits(BaseModel):
    """What the contract leaves to its user."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: datetime
    """UTC without a zone; a later request is in the future."""
    max_prompt_chars: int = Field(default=20_000, ge=1)
    is_prompt_required: bool = True
    is_zone_known: bool = False
    """Whether the mapping states the zone of times that state none."""


def generation_contract(limits: ContractLimits) -> DataFrameSchema:
    """The contract as a pandera schema over any subset of the raw store's fields."""
    coded = RAW_GENERATIONS.coded_columns
    columns = {}
    for field, dtype in FIELDS.items():
        checks = [*_type_checks(field, dtype, limits), *_own_checks(field, limits)]
        if field in coded:
            checks.append(_check(rules.is_one_of(coded[field]), f"unknown_{field}"))
        columns[field] = Column(ibis.dtype(dtype), checks, nullable=True, required=False)
    return DataFrameSchema(columns)


def judged(table: ir.Table, contract: DataFrameSchema) -> ir.Table:
    """Judges every row by every rule, in one lazy pass.

    Args:
        table: One row per record, as `mapped_rows` makes it.
        contract: From `generation_contract`.

    Returns:
        The fields, and `reasons`: the names of all rules a row broke, empty where it is accepted.

    Raises:
        pandera.errors.SchemaError: A field has not the contract's type; a fault of this package.
    """
    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        contract.validate(table)
    verdicts = {
        check.name: check(table, field).check_output
        for field, column in contract.columns.items()
        if field in table.columns
        for check in column.checks
    }
    is_accepted = ibis.and_(*verdicts.values())
    broken = [ibis.ifelse(holds, ibis.null("string"), name) for name, holds in verdicts.items()]
    listed = ibis.array(broken).filter(lambda reason: reason.notnull())
    reasons = ibis.ifelse(is_accepted, ibis.literal([], "array<string>"), listed)
    fields = [name for name in table.columns if not name.endswith(SOURCE_SUFFIX)]
    return table.select(*fields, reasons=reasons)


def _check(rule: rules.Rule, reason: str, *, sees_null: bool = False) -> Check:
    return Check(rule, name=reason, ignore_na=not sees_null)


def _type_checks(field: str, dtype: str, limits: ContractLimits) -> list[Check]:
    """Could the source's value be read as the field's type, and if not, why not?"""
    if dtype == "string":
        longest = rules.is_at_most_long(MAX_WORD_CHARS)
        too_long = [] if field == "prompt_text" else [_check(longest, f"{field}_too_long")]
        return [_check(rules.has_no_nul, f"{field}_has_nul"), *too_long]
    readings = _readings(field, dtype, limits)
    return [_check(rule, f"{field}_{why}", sees_null=True) for why, rule in readings.items()]


def _readings(field: str, dtype: str, limits: ContractLimits) -> Readings:
    """The ways in which a value cannot be read as the type, of which it breaks one."""
    if dtype == "timestamp(6)" and not limits.is_zone_known:
        return {"not_a_time": rules.is_time, "without_zone": rules.states_zone}
    if field == "latency_ms":
        return {**READINGS["float64"], "overflow": rules.is_measurable}
    return READINGS[dtype]


def _own_checks(field: str, limits: ContractLimits) -> list[Check]:
    """What the field means, beyond its type."""
    if field in RANGES:
        lowest, highest = RANGES[field]
        below = "negative" if lowest == 0 else "too_small"
        return [
            _check(rules.is_at_least(lowest), f"{field}_{below}"),
            _check(rules.is_at_most(highest), f"{field}_too_large"),
        ]
    if field == "requested_at":
        return _time_checks(field, limits)
    if field == "signup_date":
        return _time_checks(field, limits)
    if field == "image_path":
        return [_check(rules.is_safe_path, "image_path_unsafe")]
    if field == "generation_id":
        return [_check(rules.is_present, "generation_id_missing", sees_null=True)]
    return _prompt_checks(limits) if field == "prompt_text" else []


def _time_checks(field: str, limits: ContractLimits) -> list[Check]:
    return [
        _check(rules.is_from(FIRST_TIME), f"{field}_before_2000"),
        _check(rules.is_until(limits.as_of), f"{field}_in_the_future"),
    ]


def _prompt_checks(limits: ContractLimits) -> list[Check]:
    checks = [
        _check(rules.is_not_blank, "prompt_text_blank"),
        _check(rules.is_at_most_long(limits.max_prompt_chars), "prompt_text_too_long"),
    ]
    missing = _check(rules.is_present, "prompt_text_missing", sees_null=True)
    return [missing, *checks] if limits.is_prompt_required else checks
