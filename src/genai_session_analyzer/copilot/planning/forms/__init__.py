"""Questions that are a simpler question and an addition to its plan: "the newest of each ..."."""
