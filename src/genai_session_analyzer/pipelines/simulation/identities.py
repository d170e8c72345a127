"""Names and e-mail addresses for simulated users, made up by Faker; only where asked for."""

import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.random_blocks import stream

_POOL_SIZE = 400
"""Distinct first and last names; users combine them."""


def draw_identities(user_count: int, seed: int) -> dict[str, pa.Array]:
    """A `full_name` and an `email` (at example.org, unique) per user.

    Args:
        user_count: Number of users.
        seed: The run's seed; the same seed gives the same names.
    """
    from faker import Faker  # noqa: PLC0415  (only where identities are asked for)

    faker = Faker("en_US")
    faker.seed_instance(seed)
    first_names = pa.array([faker.first_name() for _ in range(_POOL_SIZE)])
    last_names = pa.array([faker.last_name() for _ in range(_POOL_SIZE)])
    picks = stream(seed, "identities").integers(_POOL_SIZE, size=(2, user_count))
    first, last = first_names.take(pa.array(picks[0])), last_names.take(pa.array(picks[1]))
    return {"full_name": _joined(first, last, " "), "email": _addresses(first, last, user_count)}


def _addresses(first: pa.Array, last: pa.Array, user_count: int) -> pa.Array:
    import pyarrow.compute as pc  # noqa: PLC0415

    numbers = pa.array(range(user_count), type=pa.int64()).cast(pa.string())
    local = pc.binary_join_element_wise(first, last, numbers, ".")
    return pc.utf8_lower(pc.binary_join_element_wise(local, "example.org", "@"))


def _joined(left: pa.Array, right: pa.Array, separator: str) -> pa.Array:
    import pyarrow.compute as pc  # noqa: PLC0415

    return pc.binary_join_element_wise(left, right, separator)
