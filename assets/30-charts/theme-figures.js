// Charts and small drawings in the reader's theme. The server sends them in the light theme's
// colours, word for word those of the style sheet; here each is exchanged for the same name's colour
// in the theme that is shown. Files are made from what the server sent and stay light.
//
// One clientside callback (callbacks/charts.py) sets the figure of every graph: when it comes onto
// the page and when the theme changes. Printing cannot wait for a callback: the charts on the page
// are drawn in the light theme at once, and back afterwards.
(function () {
  "use strict";

  const root = document.documentElement;
  const arrived = new Map(); // a graph's id: the figure as the server sent it
  const sources = new WeakMap(); // a drawing: its address as it arrived, and as it is shown
  const AS_THEY_ARE = new Set(["x", "y", "z", "customdata", "hovertext", "meta"]);
  const LENGTHS = new Set(["xshift", "yshift", "ax", "ay", "standoff", "xgap", "ygap"]);
  const IN_THEME = "in-theme"; // a class: the figure has its colours and may be seen
  const known = {};

  function rulesOf(sheet) {
    try {
      return [...sheet.cssRules];
    } catch {
      return []; // another origin's
    }
  }

  // The colours of a theme by name, as the loaded style sheet has them.
  function colours(theme) {
    if (known[theme]) return known[theme];
    const values = {};
    for (const rule of [...document.styleSheets].flatMap(rulesOf)) {
      if (!(rule.selectorText || "").includes(`[data-theme="${theme}"]`)) continue;
      for (const name of rule.style) {
        const value = rule.style.getPropertyValue(name).trim().toLowerCase();
        if (/^#[0-9a-f]{6}$/.test(value)) values[name] = value;
      }
    }
    if (Object.keys(values).length) known[theme] = values;
    return values;
  }

  // From a light colour to the shown theme's; null where the light theme is shown.
  function exchange() {
    const theme = root.dataset.theme;
    if (theme === "light") return null;
    const light = colours("light");
    const shown = colours(theme);
    return new Map(Object.keys(light).map((name) => [light[name], shown[name]]));
  }

  const factor = (style, name) => Number(style.getPropertyValue(name)) || 1;

  // What holds within an element: colours, and how much larger letters and lines are drawn.
  function lookOf(element) {
    const style = getComputedStyle(element);
    return {
      map: exchange(),
      type: factor(style, "--figure-scale"),
      stroke: factor(style, "--figure-stroke"),
      family: style.fontFamily,
    };
  }

  function text(part, look, place) {
    if (place === "family") return look.family;
    if (!look.map || !part.includes("#")) return part;
    return part.replace(/#[0-9a-f]{6}\b/gi, (colour) => look.map.get(colour.toLowerCase()) || colour);
  }

  function size(part, look, place, above) {
    if (place === "size" || above === "margin" || LENGTHS.has(place)) return part * look.type;
    const isLine = place === "gridwidth" || (place === "width" && above === "line");
    return isLine ? part * look.stroke : part;
  }

  const isPlain = (part) => part && typeof part === "object" && !ArrayBuffer.isView(part);

  // A part of a figure in this look; ``place`` and ``above`` are its own and its owner's names.
  function redrawn(part, look, place, above) {
    if (typeof part === "string") return text(part, look, place);
    if (typeof part === "number") return size(part, look, place, above);
    if (Array.isArray(part)) return part.map((each) => redrawn(each, look, place, above));
    if (!isPlain(part)) return part;
    const whole = {};
    for (const [name, each] of Object.entries(part)) {
      const stays = AS_THEY_ARE.has(name) && typeof each === "object";
      whole[name] = stays ? each : redrawn(each, look, name, place);
    }
    return whole;
  }

  // The figure in this look, marked with the theme: what comes back to us unmarked has just arrived.
  function inLook(figure, look) {
    const layout = redrawn(figure.layout || {}, look, "layout", "");
    layout.meta = { ...layout.meta, theme: root.dataset.theme };
    return { ...figure, data: redrawn(figure.data || [], look, "data", ""), layout };
  }

  // The id of a component as Dash writes it into the page.
  const written = (id) => JSON.stringify(id, Object.keys(id).sort());

  // The clientside callback of every graph: its figure in the theme, and its class names.
  function inTheme(_theme, figure, names) {
    const { no_update, callback_context } = window.dash_clientside;
    const id = written(callback_context.outputs_list[0].id);
    const meta = (figure && figure.layout && figure.layout.meta) || {};
    if (figure && !meta.theme) arrived.set(id, figure);
    const own = arrived.get(id);
    if (!own || (!meta.theme && root.dataset.theme === "light")) return [no_update, no_update];
    const element = document.getElementById(id) || document.querySelector("main") || root;
    const kinds = names.split(" ").filter((name) => name !== IN_THEME);
    return [inLook(own, lookOf(element)), [...kinds, IN_THEME].join(" ")];
  }

  function redrawAtOnce() {
    document.querySelectorAll(".dash-graph").forEach((box) => {
      const graph = box.querySelector(".js-plotly-plot");
      const own = arrived.get(box.id);
      if (!graph || !own) return;
      const figure = inLook(own, lookOf(box));
      window.Plotly.react(graph, figure.data, figure.layout);
    });
  }

  // Drawings within text are pictures of their own, which no style reaches.
  function tint(image) {
    const address = image.getAttribute("src") || "";
    if (!address.startsWith("data:image/svg+xml,")) return;
    const before = sources.get(image);
    const own = before && before.shown === address ? before.own : address;
    const map = exchange();
    const shown = map
      ? own.replace(/%23([0-9a-f]{6})/gi, (light, hex) => {
          const colour = map.get("#" + hex.toLowerCase());
          return colour ? "%23" + colour.slice(1) : light;
        })
      : own;
    sources.set(image, { own, shown });
    if (shown !== address) image.setAttribute("src", shown);
  }

  const tintAll = (within) => {
    if (within.matches && within.matches("img")) tint(within);
    if (within.querySelectorAll) within.querySelectorAll("img").forEach(tint);
  };

  document.addEventListener("themechange", (event) => {
    const { theme, atOnce } = event.detail;
    if (atOnce && window.Plotly) redrawAtOnce();
    else if (window.dash_clientside) window.dash_clientside.set_props("theme-shown", { data: theme });
    tintAll(document);
  });
  new MutationObserver((changes) => {
    if (root.dataset.theme === "light") return;
    for (const change of changes) {
      if (change.type === "attributes") tintAll(change.target);
      else change.addedNodes.forEach(tintAll);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { charts: { inTheme } });
})();
