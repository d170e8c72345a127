"""The raw store: parquet parts, landed whole or not at all."""
