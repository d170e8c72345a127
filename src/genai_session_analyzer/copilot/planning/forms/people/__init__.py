"""Questions about people over time: who came back, who stayed, who was new, how often they came."""
