"""Imperfect data on request: a log with planted faults, and the truth to grade ingestion by."""
