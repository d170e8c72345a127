"""What is grouped by: two sides first, then compared values and "by", fields without "by" last."""
