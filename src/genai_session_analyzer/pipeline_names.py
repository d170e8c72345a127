"""Names of the registered pipelines, in the order the data flows."""

CORE = ("ingestion", "simulation", "modeling", "metrics", "publish")
"""All that needs no model."""
EVERYTHING = ("ingestion", "simulation", "modeling", "enrichment", "metrics", "publish")
"""The way of the data, from a source to a published build."""
TRACKED = ("enrichment", "label_training")
"""Those whose steps are runs in MLflow."""
