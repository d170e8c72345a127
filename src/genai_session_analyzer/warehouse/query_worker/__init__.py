"""Running statements of users and models, each in a process of its own that can only read.

No setting of DuckDB keeps every statement from crashing, hanging or eating memory: what a query may
do to its process it must not do to ours. `pool.QueryWorkers` keeps a few such processes;
`process.py` is what runs in them. Import from the modules: this package loads nothing by itself,
and a process starts with what it needs only.
"""
