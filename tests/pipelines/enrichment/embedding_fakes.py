"""An encoder that counts, and prompts for the step that embeds them."""

from dataclasses import dataclass, field

import numpy as np

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.pipelines.enrichment.embeddings import (
    EmbeddingParameters,
    embed_prompts,
)
from rows import START, table

DIMENSION = 16
PARAMETERS = EmbeddingParameters(batch_prompts=4)


@dataclass
class CountingEncoder:
    """The hash encoder, which remembers what it was asked; some texts have no vector."""

    revision: str = "1"
    asked: list = field(default_factory=list)
    model: str = "counting"
    dimension: int = DIMENSION

    def encode(self, texts):
        self.asked.append(list(texts))
        vectors = HashEncoder(dimension=DIMENSION).encode(texts)
        vectors[["unspeakable" in text for text in texts]] = np.nan
        return vectors


def prompts(texts):
    rows = [
        {
            "prompt_id": f"p{number:04}",
            "prompt_text": text,
            "char_count": len(text),
            "token_count": len(text.split()),
            "first_seen_at": START,
        }
        for number, text in texts.items()
    ]
    return table("dim_prompts", rows)


def lakes(count):
    return {number: f"a lake {'very ' * (number % 5)}{number}" for number in range(count)}


def embedded(texts, store, tracker, encoder, parameters=PARAMETERS):
    return embed_prompts(prompts(texts), encoder, store, tracker, parameters).read_all()
