"""GenAI Session Analyzer: where users of a generative model struggle, what it costs, and why."""

__version__ = "0.1.0"
