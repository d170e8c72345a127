"""Which generations an effect applies to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from genai_session_analyzer.pipelines.simulation.event_parameters import (
    SEGMENT_VALUES,
    Effect,
    Segment,
)
from genai_session_analyzer.pipelines.simulation.population import Population
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US, HOUR_US
from genai_session_analyzer.pipelines.simulation.source_arrays import Array, SourceArrays
from genai_session_analyzer.schema.values import PROMPT_LENGTH_CEILINGS

_EVER = (int(np.iinfo(np.int64).min), int(np.iinfo(np.int64).max))


@dataclass(frozen=True)
class Asked:
    """Requests, one element each.

    Attributes:
        rows: Position of the generation in the source.
        users: Index into the population.
        at_us: Microseconds since 1970 (UTC).
        models: Index into the model versions, or `UNKNOWN` where the source has its own.
    """

    rows: Array
    users: Array
    at_us: Array
    models: Array

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, is_wanted: Array) -> "Asked":
        """Those requests for which it holds."""
        return Asked(*(values[is_wanted] for values in vars(self).values()))


@dataclass(frozen=True)
class PlacedEffect:
    """An effect with its segment looked up: a yes or no per user, prompt and model."""

    effect: Effect
    is_user: Array | None
    is_prompt: Array | None
    is_model: Array | None
    utc_offset_us: Array = field(repr=False)

    @property
    def window_us(self) -> tuple[int, int]:
        """First microsecond, and the first one after."""
        first, last = _EVER
        effect = self.effect
        return (
            first if effect.starts_at is None else microseconds(effect.starts_at),
            last if effect.ends_at is None else microseconds(effect.ends_at),
        )

    def applies_to(self, asked: Asked) -> Array:
        """Whether each request lies in the segment and the window; boolean, same length."""
        first, last = self.window_us
        applies = (asked.at_us >= first) & (asked.at_us < last)
        if not applies.any():
            return applies
        if self.is_user is not None:
            applies &= self.is_user[asked.users]
        if self.is_prompt is not None:
            applies &= self.is_prompt[asked.rows]
        if self.is_model is not None:
            applies &= self.is_model[asked.models]
        segment = self.effect.segment
        if segment.hour_from is not None and segment.hour_to is not None:
            local = asked.at_us + self.utc_offset_us[asked.users]
            applies &= _within_hours(local % DAY_US, segment.hour_from, segment.hour_to)
        return applies


def place_effects(
    effects: Sequence[Effect],
    source: SourceArrays,
    population: Population,
    models: tuple[str, ...],
) -> tuple[PlacedEffect, ...]:
    """Looks up the segments of effects.

    Args:
        effects: Planted ones and incidents.
        source: Of it the prompts' lengths and meanings.
        population: Of it tiers, regions and devices.
        models: The model versions, in the order of their codes.
    """
    return tuple(
        PlacedEffect(
            effect,
            is_user=_users_of(effect.segment, population),
            is_prompt=_prompts_of(effect.segment, source),
            is_model=_models_of(effect.segment, models),
            utc_offset_us=population.utc_offset_us,
        )
        for effect in effects
    )


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of a UTC time without a zone."""
    return int(np.datetime64(moment, "us").astype(np.int64))


def _within_hours(time_of_day_us: Array, hour_from: int, hour_to: int) -> Array:
    first, last = hour_from * HOUR_US, hour_to * HOUR_US
    after, before = time_of_day_us >= first, time_of_day_us < last
    return np.asarray(after & before if first < last else after | before)


def _users_of(segment: Segment, population: Population) -> Array | None:
    codes = {
        "user_tier": population.tiers,
        "region": population.regions,
        "device_type": population.devices,
    }
    return _all_of(segment, codes)


def _prompts_of(segment: Segment, source: SourceArrays) -> Array | None:
    ceilings = np.array(list(PROMPT_LENGTH_CEILINGS.values()))
    codes = dict(source.meant)
    if segment.prompt_length_category:
        codes["prompt_length_category"] = np.searchsorted(ceilings, source.token_counts)
    return _all_of(segment, codes)


def _all_of(segment: Segment, codes: dict[str, Array]) -> Array | None:
    """Where all conditions on these columns hold; None where there is no condition."""
    holds: Array | None = None
    for column, column_codes in codes.items():
        values = getattr(segment, column)
        if values:
            known = [SEGMENT_VALUES[column].index(value) for value in values]
            is_one = np.isin(column_codes, known)
            holds = is_one if holds is None else holds & is_one
    return holds


def _models_of(segment: Segment, models: tuple[str, ...]) -> Array | None:
    if not segment.model_version:
        return None
    # One more element, False: the code UNKNOWN (-1) picks it.
    return np.array([*(model in segment.model_version for model in models), False])
