"""How well questions are answered: gold questions, scoring by execution, intervals."""
