"""Questions in words, answered with their proof: plan, SQL, guard, execution, answer."""
