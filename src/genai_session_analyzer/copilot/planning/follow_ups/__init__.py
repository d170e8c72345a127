"""Changes to the plan before."""
