"""Parameters of the noise: whether there is any, of which kinds, and how often."""

from datetime import date, datetime, time, timedelta
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.pipelines.ingestion.noise.kinds import KIND_NAMES

MAX_TOTAL_RATE = 0.9
DEFAULT_RATE = 0.005


class NoiseParameters(BaseModel):
    """The `noise` section."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_on: bool = False
    """Reads the embedded corpus as a log with planted faults instead of directly."""
    log_format: Literal["csv", "jsonl"] = "csv"
    period_start: date = date(2024, 1, 1)
    period_days: int = Field(default=90, ge=1, le=3650)
    """The log's times (UTC); its end is the `source.as_of` of such a run."""
    generations_per_user: float = Field(default=20, gt=0)
    late_records: int = Field(default=2_000, ge=1)
    """A late event stands up to so many records after its place."""
    disorder_records: int = Field(default=5, ge=1)
    """An event out of order stands up to so many records after its place."""
    copy_records: int = Field(default=500, ge=1)
    """A duplicate or a conflicting record stands up to so many records after its original."""
    max_skew_days: float = Field(default=30, gt=0)
    """A fast clock is up to so many days beyond the end of the period."""
    rates: dict[str, float] = dict.fromkeys(KIND_NAMES, DEFAULT_RATE)
    """Per kind the share of the corpus's generations it is planted in; absent = 0."""

    @model_validator(mode="after")
    def _known_kinds_at_sound_rates(self) -> Self:
        for name, rate in self.rates.items():
            if name not in KIND_NAMES:
                raise ValueError(str(UnknownNameError("kind of noise", name, KIND_NAMES)))
            if not rate >= 0:
                raise ValueError(f"the rate of {name} must not be negative")
        if sum(self.rates.values()) > MAX_TOTAL_RATE:
            raise ValueError(f"the rates must not sum to more than {MAX_TOTAL_RATE}")
        return self

    @property
    def first_moment(self) -> datetime:
        """Start of the period, UTC."""
        return datetime.combine(self.period_start, time())

    @property
    def last_moment(self) -> datetime:
        """End of the period, UTC; no time in the log is later, but for fast clocks."""
        return self.first_moment + timedelta(days=self.period_days)
