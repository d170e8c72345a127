"""Updating the tables by what is new in the raw store, where that gives what a rebuild would.

    build_state    what the tables were built from, kept beside them
    decision       whether the new rows are all that changed since
    changes        what new rows concern: sessions, users, prompts, days
    update         per table: the inputs its node needs, the keys it replaces
    hooks          Kedro's edge: narrows the nodes' inputs, keeps the state

The nodes know nothing of it: they get fewer rows. The state is forgotten before the first table
changes and written after the last check has passed, so a run killed in between is followed by a
rebuild.
"""
