/* A chart saved as PNG looks as it does on the page: its ink and paper, and the map's points. */
(() => {
    const INK = {light: "#3D4752", dark: "#C3CAD3"};
    const AXIS = /^[xy]axis\d*$/;

    const scheme = () => document.documentElement.dataset.mantineColorScheme === "dark"
        ? "dark" : "light";

    const paper = () => getComputedStyle(document.documentElement)
        .getPropertyValue("--card-ground").trim() || "#FFFFFF";

    /* The points of the map, which are no part of Plotly's drawing, as a picture under the rest. */
    const pointsOf = (graph) => {
        const source = window.mapPoints?.picture(graph);
        if (!source) return [];
        const [left, right] = graph._fullLayout.xaxis.range;
        const [low, high] = graph._fullLayout.yaxis.range;
        return [{source, xref: "x", yref: "y", x: left, y: high, sizex: right - left,
                 sizey: high - low, sizing: "stretch", layer: "above"}];
    };

    const themed = (graph) => {
        const ground = paper(), layout = {...graph.layout}, ink = INK[scheme()];
        const annotations = (layout.annotations || []).map((each) =>
            ({...each, font: {...each.font, color: ink}, bgcolor: each.bgcolor && ground}));
        Object.keys(layout).filter((name) => AXIS.test(name)).forEach((name) => {
            layout[name] = {...layout[name], tickfont: {...layout[name].tickfont, color: ink}};
        });
        return {...layout, annotations, paper_bgcolor: ground, font: {...layout.font, color: ink},
                images: [...(layout.images || []), ...pointsOf(graph)]};
    };

    const save = (graph) => {
        const {format, scale, filename} = graph._context.toImageButtonOptions;
        const {width, height} = graph._fullLayout;
        window.Plotly.downloadImage({data: graph.data, layout: themed(graph)},
            {format, scale, filename, width, height});
    };

    document.addEventListener("click", (event) => {
        const button = event.target.closest?.(".modebar-btn");
        const graph = button?.closest(".js-plotly-plot");
        if (!graph || !button.dataset.title?.includes("PNG")) return;
        event.stopImmediatePropagation();
        event.preventDefault();
        save(graph);
    }, true);
})();
