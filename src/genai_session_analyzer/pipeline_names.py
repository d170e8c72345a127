"""Names of the registered pipelines, in the order the data flows."""

CORE = ("ingestion", "simulation", "modeling", "metrics", "publish")
"""All that needs no model."""
