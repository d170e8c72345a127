"""Images: where they come from, their thumbnails, their vectors and clusters of style."""
