"""The enrichment pipeline: embeddings, labels, images and clusters, each step tracked."""
