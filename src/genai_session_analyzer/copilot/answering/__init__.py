"""From a question to an answer that carries its proof."""
