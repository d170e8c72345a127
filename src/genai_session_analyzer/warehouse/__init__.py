"""The published build: who writes it, who reads it.

    data/published/CURRENT                     which build is served (JSON: build, sha256, rows)
    data/published/builds/<id>/warehouse.duckdb    one build, mode 0444, never written again
    data/published/builds/<id>/build.json      the same three facts, kept with the build
    data/published/builder.lock, publish.lock  held by a run, and while CURRENT moves

`publishing` writes, `rollback` points back, `reader` reads. Import from the modules: this
package loads nothing by itself.
"""
