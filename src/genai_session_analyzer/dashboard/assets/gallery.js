/* The gallery's share of the browser: regions drawn on the map go into the URL. */
(() => {
    const MOST_CORNERS = 48;
    /* Keys of the URL the map does not depend on. */
    const NOT_THE_MAPS = ["q", "like", "image", "pictures", "lasso", "n"];

    /* What was drawn on the map as corners in map units; null = nothing. */
    const corners = window.mapOutline = (selected) => {
        if (!selected) return null;
        if (selected.lassoPoints) {
            const {x, y} = selected.lassoPoints;
            const step = Math.max(1, Math.ceil(x.length / MOST_CORNERS));
            return x.map((each, at) => [each, y[at]]).filter((_, at) => at % step === 0);
        }
        if (selected.range) {
            const {x, y} = selected.range;
            return [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
        }
        return null;
    };

    let mark = null;

    const withRegion = (search, outline) => {
        const query = new URLSearchParams(search || "");
        query.delete("n");
        query.delete("lasso");
        if (outline) query.set("lasso", outline);
        const text = query.toString();
        return text ? "?" + text : "";
    };

    window.dash_clientside = window.dash_clientside || {};
    window.dash_clientside.gallery = {
        /* selectedData of the map -> the URL's query with the region in it. */
        drawn: (selected, search) => {
            const drawn = corners(selected);
            if (!drawn || drawn.length < 3) return window.dash_clientside.no_update;
            const outline = drawn.map(([x, y]) => x.toFixed(3) + "," + y.toFixed(3)).join(";");
            const now = new URLSearchParams(search || "").get("lasso");
            return outline === now
                ? window.dash_clientside.no_update
                : withRegion(search, outline);
        },
        cleared: (clicks, search) => {
            if (!clicks) return window.dash_clientside.no_update;
            const graph = document.querySelector(".gallery-map .js-plotly-plot");
            if (graph) window.Plotly.relayout(graph, {selections: [], shapes: []});
            window.mapPoints.clear();
            return new URLSearchParams(search || "").has("lasso")
                ? withRegion(search, null)
                : window.dash_clientside.no_update;
        },
        /* The figure has come: its points are drawn once Plotly has drawn the rest. */
        pointsCame: (figure, id) => {
            if (figure?.layout?.meta?.points) window.mapPoints.attach(id);
            return window.dash_clientside.no_update;
        },
        /* The part of the URL's query that the map shows; unchanged while one only searches. */
        mapQuery: (search, before) => {
            const query = new URLSearchParams(search || "");
            NOT_THE_MAPS.forEach((key) => query.delete(key));
            if (mark === null) mark = window.mapPoints.canDraw() ? "" : "#no-webgl";
            const now = query.toString() + mark;
            return now === before ? window.dash_clientside.no_update : now;
        },
        closeDrawer: () => false,
    };
})();
