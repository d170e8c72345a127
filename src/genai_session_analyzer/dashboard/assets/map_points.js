/* The points of the map, drawn by the graphics card on a canvas inside Plotly's drawing, which
   keeps axes, lasso, titles and legend. Plotly's own WebGL makes functions from text, which the
   page's policy forbids; the shaders below are all that is needed. */
(() => {
    const REACH_PX = 9; // how near the pointer a point is taken
    const FADED = 0.1; // of the opacity, outside the drawn region
    const VERTEX = `
        attribute vec2 place; attribute vec4 tint;
        uniform vec4 window; uniform mediump float size; varying mediump vec4 shade;
        void main() {
            vec2 at = (place - window.xy) / (window.zw - window.xy) * 2.0 - 1.0;
            gl_Position = vec4(tint.a > 0.0 ? at : vec2(9.0), 0.0, 1.0);
            gl_PointSize = size;
            shade = tint;
        }`;
    const FRAGMENT = `
        precision mediump float; uniform float size; varying vec4 shade;
        void main() {
            float away = length(gl_PointCoord - 0.5) * size;
            float cover = clamp(size * 0.5 - away + 0.5, 0.0, 1.0) * shade.a;
            gl_FragColor = vec4(shade.rgb * cover, cover);
        }`;

    const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

    const unpack = (packed) => {
        const raw = new Int16Array(bytes(packed.places).buffer);
        const colours = packed.colours.map((each) =>
            [1, 3, 5].map((at) => parseInt(each.slice(at, at + 2), 16)));
        return {...packed, places: Float32Array.from(raw, (each) => each / packed.units),
                numbers: bytes(packed.numbers), colours, texts: packed.texts?.split("\n")};
    };

    const contains = (outline, x, y) => {
        let inside = false;
        for (let at = 0, last = outline.length - 1; at < outline.length; last = at++) {
            const [x1, y1] = outline[at], [x2, y2] = outline[last];
            if (y1 > y !== y2 > y && x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)) inside = !inside;
        }
        return inside;
    };

    class PointLayer {
        constructor(graph) {
            this.graph = graph;
            this.canvas = document.createElement("canvas");
            this.canvas.className = "map-points";
            this.gl = this.canvas.getContext("webgl", {premultipliedAlpha: true, antialias: false});
            this.program = this.compile();
            this.buffers = [this.gl.createBuffer(), this.gl.createBuffer()];
            this.tip = document.createElement("div");
            this.tip.className = "map-tip";
            this.tip.hidden = true;
            graph.on("plotly_afterplot", () => this.draw());
            graph.on("plotly_relayouting", () => this.draw());
            graph.on("plotly_selected", (drawn) => this.choose(window.mapOutline(drawn)));
            graph.on("plotly_deselect", () => this.choose(null));
            graph.addEventListener("pointermove", (event) => this.point(event));
            graph.addEventListener("pointerleave", () => { this.tip.hidden = true; });
            graph.addEventListener("pointerdown", (event) => {
                this.pressed = event.target.closest(".nsewdrag") && [event.clientX, event.clientY];
            }, true);
            this.release = (event) => this.lift(event);
            window.addEventListener("pointerup", this.release, true);
            this.draw();
        }

        compile() {
            const {gl} = this, program = gl.createProgram();
            for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
                const shader = gl.createShader(kind);
                gl.shaderSource(shader, text);
                gl.compileShader(shader);
                gl.attachShader(program, shader);
            }
            gl.linkProgram(program);
            gl.useProgram(program);
            gl.enable(gl.BLEND);
            gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
            return program;
        }

        close() {
            window.removeEventListener("pointerup", this.release, true);
            this.gl.getExtension("WEBGL_lose_context")?.loseContext();
        }

        /* Fetch what the figure brings, where it has changed since. */
        load() {
            const meta = this.graph.layout.meta || {};
            const source = meta.points && meta.points.places + meta.points.numbers
                + meta.points.colours + JSON.stringify(meta.outline);
            if (source && source !== this.source) {
                this.source = source;
                this.points = unpack(meta.points);
                this.outline = meta.outline?.length ? meta.outline : null;
                this.fill(0, "place", 2, this.gl.FLOAT, false, this.points.places);
                this.shown = null;
            }
            const hidden = (this.graph._fullData || []).filter((each) => each.visible !== true);
            const key = JSON.stringify([hidden.map((each) => each.meta), this.outline]);
            if (this.points && key !== this.shown) {
                this.shown = key;
                this.paint(new Set(hidden.map((each) => each.meta)));
            }
        }

        paint(hidden) {
            const {places, numbers, colours, opacity} = this.points;
            const tints = new Uint8Array(4 * numbers.length);
            numbers.forEach((number, at) => {
                const isOut = this.outline
                    && !contains(this.outline, places[2 * at], places[2 * at + 1]);
                const alpha = hidden.has(number) ? 0 : opacity * (isOut ? FADED : 1);
                tints.set([...colours[number], Math.ceil(255 * alpha)], 4 * at);
            });
            this.tints = tints;
            this.fill(1, "tint", 4, this.gl.UNSIGNED_BYTE, true, tints);
        }

        fill(buffer, name, width, kind, isScaled, values) {
            const {gl} = this, place = gl.getAttribLocation(this.program, name);
            gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[buffer]);
            gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
            gl.enableVertexAttribArray(place);
            gl.vertexAttribPointer(place, width, kind, isScaled, 0, 0);
        }

        /* The plot's rectangle in pixels and in map units. */
        frame() {
            const {xaxis, yaxis} = this.graph._fullLayout;
            return {left: xaxis._offset, top: yaxis._offset, width: xaxis._length,
                    height: yaxis._length, x: xaxis.range, y: yaxis.range};
        }

        draw() {
            if (!this.graph.isConnected || !this.graph._fullLayout?.xaxis?._length) return;
            const home = this.graph.querySelector(".gl-container");
            if (this.canvas.parentNode !== home) {
                home.append(this.canvas);
                home.parentNode.append(this.tip);
            }
            this.load();
            if (!this.points) return;
            const {gl} = this, at = this.frame(), dense = window.devicePixelRatio || 1;
            Object.assign(this.canvas, {width: at.width * dense, height: at.height * dense});
            Object.assign(this.canvas.style, {left: `${at.left}px`, top: `${at.top}px`,
                                              width: `${at.width}px`, height: `${at.height}px`});
            gl.viewport(0, 0, this.canvas.width, this.canvas.height);
            const uniform = (name) => gl.getUniformLocation(this.program, name);
            gl.uniform4f(uniform("window"), at.x[0], at.y[0], at.x[1], at.y[1]);
            gl.uniform1f(uniform("size"), this.points.size * dense);
            gl.drawArrays(gl.POINTS, 0, this.points.numbers.length);
        }

        choose(outline) {
            this.outline = outline;
            this.draw();
        }

        /* The number of the point next to a place on the screen, or -1. */
        nearest(event) {
            if (!this.points || !this.tints) return -1;
            const at = this.frame(), box = this.graph.getBoundingClientRect();
            const scale = at.width / (at.x[1] - at.x[0]);
            const x = at.x[0] + (event.clientX - box.left - at.left) / scale;
            const y = at.y[1] - (event.clientY - box.top - at.top) / scale;
            const {places, numbers} = this.points;
            let best = -1, least = (REACH_PX / scale) ** 2;
            for (let each = 0; each < numbers.length; each++) {
                const far = (places[2 * each] - x) ** 2 + (places[2 * each + 1] - y) ** 2;
                if (far < least && this.tints[4 * each + 3]) [best, least] = [each, far];
            }
            return best;
        }

        point(event) {
            const at = event.buttons ? -1 : this.nearest(event), texts = this.points?.texts;
            this.tip.hidden = at < 0 || !texts;
            if (this.tip.hidden) return;
            const box = this.graph.getBoundingClientRect();
            this.tip.textContent = texts[at];
            const left = Math.min(event.clientX - box.left + 12, box.width - 200);
            Object.assign(this.tip.style,
                {left: `${Math.max(0, left)}px`, top: `${event.clientY - box.top + 14}px`});
        }

        /* A press that did not move is a click on a point: the page opens its details. */
        lift(event) {
            const from = this.pressed;
            this.pressed = null;
            if (!from || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 3) return;
            const at = this.nearest(event);
            if (at < 0) return;
            const {places} = this.points;
            const clicked = {points: [{x: places[2 * at], y: places[2 * at + 1], curveNumber: 0}]};
            window.dash_clientside.set_props(this.graph.parentNode.id, {clickData: clicked});
        }
    }

    let layer = null;

    window.mapPoints = {
        canDraw: () => Boolean(document.createElement("canvas").getContext("webgl")),
        /* Draw into the graph in the element of this id, once Plotly has made it. */
        attach: (id) => {
            const graph = document.querySelector(`#${id} .js-plotly-plot`);
            if (!graph?.on || !graph._fullLayout) {
                window.requestAnimationFrame(() => document.getElementById(id)
                    && window.mapPoints.attach(id));
                return;
            }
            if (layer?.graph !== graph) {
                layer?.close();
                layer = new PointLayer(graph);
            }
            layer.draw();
        },
        /* The points as a picture, for a PNG; null where the graph has none. */
        picture: (graph) => {
            if (layer?.graph !== graph) return null;
            layer.draw();
            return layer.canvas.toDataURL();
        },
        clear: () => layer?.choose(null),
    };
})();
