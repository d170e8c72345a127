"""From a query to ranked prompts: first the filters, then the order."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.errors import AnalyzerError, ModelError, UnknownNameError
from genai_session_analyzer.retrieval.conditions import generation_conditions, prompt_conditions
from genai_session_analyzer.retrieval.query import SearchFilters, SearchQuery
from genai_session_analyzer.retrieval.quoted_words import (
    containing,
    quoted_phrases,
    without_quotes,
)
from genai_session_analyzer.retrieval.snapshot import Snapshot
from genai_session_analyzer.retrieval.vector_index import Numbers, Vector
from genai_session_analyzer.semantic.coded_column import Mask


@dataclass(frozen=True)
class Ranking:
    """Prompts in order.

    Attributes:
        numbers: Of the prompts, best first, shape (found,).
        similarities: Their cosines, shape (found,); None where nothing was looked for.
        candidate_count: Prompts that passed the filters.
    """

    numbers: Numbers
    similarities: Vector | None
    candidate_count: int


def encode_text(text: str, encoder: TextEncoder) -> Vector:
    """Return the vector of a query's text, the quotes taken off.

    Raises:
        AnalyzerError: The text has no words.
    """
    words = without_quotes(text)
    if not words:
        message = f"The search text {text!r} has no words. Type a few, or choose a picture."
        raise AnalyzerError(message)
    return np.asarray(encoder.encode([words])[0])


def rank(snapshot: Snapshot, query: SearchQuery, encoded: Vector | None) -> Ranking:
    """Return the best prompts among those that pass the query's filters.

    Args:
        snapshot: The build.
        query: What is looked for.
        encoded: The vector of the query's text; None where it has none.

    Raises:
        UnknownNameError: There is no such prompt or picture.
        AnalyzerError: The query's vector cannot be compared with the build's.
    """
    passing = _passing(snapshot, query)
    vector = encoded
    if query.vector is not None:
        vector = _unit(query.vector, snapshot)
    if query.prompt_id is not None:
        own = _number_of(query.prompt_id, snapshot)
        passing[own] = False
        vector = snapshot.vectors.vector(own)
    count = int(np.count_nonzero(passing))
    if query.like_image is not None:
        return Ranking(*_like_image(snapshot, query, passing), count)
    if vector is None:
        return Ranking(_most_used(snapshot, query, passing), None, count)
    return Ranking(*snapshot.vectors.nearest(vector, passing, query.limit), count)


def _passing(snapshot: Snapshot, query: SearchQuery) -> Mask:
    passing = passing_prompts(snapshot, query.filters)
    phrases = quoted_phrases(query.text or "")
    if phrases:
        passing = containing(snapshot.prompts.facts["prompt_text"], phrases, passing)
    return passing


def passing_prompts(snapshot: Snapshot, filters: SearchFilters) -> Mask:
    """Return which prompts the filters keep, shape (prompts,)."""
    passing = snapshot.prompts.passing(prompt_conditions(filters))
    of_generations = generation_conditions(filters)
    if of_generations:
        passing &= snapshot.generations.passing(of_generations)
    if not filters.include_nsfw:
        passing &= ~snapshot.prompts.is_unsafe
    if filters.prompt_ids is not None:
        passing &= snapshot.prompts.numbers_of(filters.prompt_ids)
    return passing


def _unit(vector: tuple[float, ...], snapshot: Snapshot) -> Vector:
    given = np.asarray(vector, dtype=np.float32)
    expected = len(snapshot.vectors.vector(0))
    length = float(np.linalg.norm(given))
    if len(given) != expected or not np.isfinite(length) or length == 0:
        raise AnalyzerError(
            f"A vector of {len(given)} numbers and length {length:g} cannot be searched for; give "
            f"{expected} finite numbers of {snapshot.encoder}, not all zero."
        )
    return given / np.float32(length)


def _number_of(prompt_id: str, snapshot: Snapshot) -> int:
    number = pc.index(snapshot.prompts.ids, prompt_id).as_py()
    if number < 0:
        raise UnknownNameError("prompt", prompt_id, snapshot.prompts.ids[:3].to_pylist())
    return int(number)


def _like_image(snapshot: Snapshot, query: SearchQuery, passing: Mask) -> tuple[Numbers, Vector]:
    if snapshot.images is None:
        raise ModelError(
            "The build has no pictures to compare. Run `kedro run --pipeline=enrichment`, then "
            "publish."
        )
    return snapshot.images.prompts_like(str(query.like_image), passing, query.limit)


def _most_used(snapshot: Snapshot, query: SearchQuery, passing: Mask) -> Numbers:
    uses = snapshot.generations.counts(generation_conditions(query.filters))
    uses[~passing] = -1
    order = np.argsort(-uses, kind="stable")[: query.limit]
    return order[uses[order] >= 0]
