"""What the published tables say: numbers with their sample sizes."""
