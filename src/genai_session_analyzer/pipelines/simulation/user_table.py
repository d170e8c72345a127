"""The simulated users as an Arrow table: name, profile, day of signing up."""

import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity, first_activity_us
from genai_session_analyzer.pipelines.simulation.identities import draw_identities
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.population import (
    SIMULATED_USER,
    Population,
    name_uniforms,
)
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US
from genai_session_analyzer.pipelines.simulation.source_arrays import NO_TIME, Array
from genai_session_analyzer.schema.values import DEVICE_TYPES, REGIONS, USER_TIERS


def user_table(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """One row per user with activity: profile and signup date; key `user_id`."""
    population = activity.population
    first = first_activity_us(activity)
    age_days = _days_since_signup(population, simulation).astype(np.int64)
    signup_day = (first // DAY_US - age_days).astype(np.int32)
    is_simulated = np.zeros(len(population), dtype=bool)
    is_simulated[population.simulated_codes] = True
    columns = {
        "user_id": user_ids(population),
        "is_simulated": pa.array(is_simulated),
        "user_tier": pa.array(USER_TIERS).take(pa.array(population.tiers)),
        "region": pa.array(REGIONS).take(pa.array(population.regions)),
        "device_type": pa.array(DEVICE_TYPES).take(pa.array(population.devices)),
        "signup_date": pa.array(signup_day).cast(pa.date32()),
    }
    if simulation.users.with_identities:
        columns |= draw_identities(len(population), simulation.seed)
    return pa.table(columns).filter(pa.array(first != NO_TIME))


def _days_since_signup(population: Population, simulation: SimulationParameters) -> Array:
    """Days from signup to first activity: exponential, an observed user's by the name alone."""
    mean = simulation.users.mean_days_since_signup
    uniforms = name_uniforms(population.observed_names, simulation.seed, range(3, 4))[:, 0]
    observed = -mean * np.log1p(-np.minimum(uniforms, np.nextafter(1, 0)))
    generator = stream(simulation.seed, "signups")
    simulated = generator.exponential(mean, size=len(population.simulated_codes))
    return np.concatenate((observed, simulated))


def user_ids(population: Population) -> pa.Array:
    """The id of each user: the source's name as it is, or a simulated one."""
    simulated = [SIMULATED_USER.format(number) for number in range(len(population.simulated_codes))]
    observed = pa.array(population.observed_names, type=pa.string())
    return pa.concat_arrays([observed, pa.array(simulated, type=pa.string())])
