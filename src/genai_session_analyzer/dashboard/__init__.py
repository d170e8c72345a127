"""The dashboard: a Dash app over the current published build."""
