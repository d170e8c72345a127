"""The users: observed ones with a profile drawn for them, and simulated ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.parameter_section import TierRates
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import choose, stream
from genai_session_analyzer.pipelines.simulation.source_arrays import Array, SourceArrays
from genai_session_analyzer.schema.values import DEVICE_TYPES, REGIONS

SIMULATED_USER = "sim_{:07d}"
"""Names of simulated users; a source's own names are kept as they are."""


@dataclass(frozen=True)
class Population:
    """One element per user: observed users first, sorted by name, then simulated ones.

    Attributes:
        observed_names: Names of the observed users.
        tiers: Index into `USER_TIERS`.
        regions: Index into `REGIONS`.
        devices: Index into `DEVICE_TYPES`.
        simulated_codes: Positions of the simulated users.
        activity_weights: Relative activity of each simulated user.
        utc_offset_us: Offset of the user's region from UTC in microseconds.
    """

    observed_names: Array
    tiers: Array
    regions: Array
    devices: Array
    simulated_codes: Array
    activity_weights: Array
    utc_offset_us: Array

    def __len__(self) -> int:
        return len(self.tiers)


def draw_population(source: SourceArrays, simulation: SimulationParameters) -> Population:
    """Profiles for every user; a user keeps the profile when others join.

    An observed user's profile depends on the seed and the name alone, a simulated user's on the
    seed and the number alone.
    """
    shape = simulation.users
    observed = name_uniforms(source.user_names, simulation.seed, range(3))
    simulated_count = _simulated_user_count(source, simulation)
    simulated = stream(simulation.seed, "profiles").random((simulated_count, 3))
    uniforms = np.concatenate((observed, simulated))
    tiers = choose(uniforms[:, 0], shape.tier_shares.as_tuple())
    regions = choose(uniforms[:, 1], _in_order(shape.region_shares, REGIONS))
    offsets = np.asarray(_in_order(shape.region_utc_offset_hours, REGIONS)) * 3.6e9
    codes = np.arange(len(observed), len(uniforms), dtype=np.int32)
    return Population(
        observed_names=source.user_names,
        tiers=tiers,
        regions=regions,
        devices=choose(uniforms[:, 2], _in_order(shape.device_shares, DEVICE_TYPES)),
        simulated_codes=codes,
        activity_weights=_activity(tiers[codes], shape.activity_weights, simulation),
        utc_offset_us=offsets.astype(np.int64)[regions],
    )


def _activity(tiers: Array, weights: TierRates, simulation: SimulationParameters) -> Array:
    heavy_tail = stream(simulation.seed, "activity").lognormal(
        0, simulation.users.activity_sigma, size=len(tiers)
    )
    return np.asarray(np.asarray(weights.as_tuple())[tiers] * heavy_tail)


def _simulated_user_count(source: SourceArrays, simulation: SimulationParameters) -> int:
    """As asked; else as many as the generations without a user suggest."""
    nameless = int(source.lacks_user.sum())
    if nameless == 0:
        return 0
    if simulation.user_count is not None:
        return simulation.user_count
    per_user = simulation.users.generations_per_user
    if len(source.user_names):
        per_user = (len(source) - nameless) / len(source.user_names)
    return max(1, round(nameless / per_user))


def name_uniforms(names: Array, seed: int, fields: range) -> Array:
    """Uniform numbers that a name keeps whoever joins, from a keyed hash of it.

    Args:
        names: Users' names.
        seed: The run's seed.
        fields: Single digits, a number each: 0 to 2 are the profile, 3 is the signup date.

    Returns:
        Shape (names, fields).
    """
    import pandas as pd  # noqa: PLC0415  (0.3 s; only sources with users need it)

    if not len(names):
        return np.empty((0, len(fields)))
    columns = [
        pd.util.hash_array(names, hash_key=f"{seed % 10**15:015d}{field}", categorize=False)
        for field in fields
    ]
    return np.asarray(np.stack(columns, axis=1) / 2.0**64)


def _in_order(shares: Mapping[str, float], options: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(shares.get(option, 0.0) for option in options)
