// Charts and small drawings in the reader's theme. They arrive in the light theme's colours, word
// for word those of the style sheet; here each is exchanged for the same name's colour in the theme
// that is shown. Files are made from what arrived and stay light.
(function () {
  "use strict";

  const Plotly = window.Plotly;
  const root = document.documentElement;
  const given = new WeakMap(); // a graph's element: the figure as it arrived
  const sources = new WeakMap(); // a drawing: its address as it arrived, and as it is shown
  const AS_THEY_ARE = new Set(["x", "y", "z", "customdata", "hovertext", "meta"]);
  const LENGTHS = new Set(["xshift", "yshift", "ax", "ay", "standoff", "xgap", "ygap"]);
  const known = {};

  // The colours of a theme by name, as the loaded style sheet has them.
  function colours(theme) {
    if (known[theme]) return known[theme];
    const found = {};
    for (const sheet of document.styleSheets) {
      let rules = [];
      try { rules = sheet.cssRules; } catch (error) { continue; } // another origin's
      for (const rule of rules) {
        const selector = rule.selectorText || "";
        if (!selector.includes(`[data-theme="${theme}"]`)) continue;
        for (const name of rule.style) {
          const value = rule.style.getPropertyValue(name).trim().toLowerCase();
          if (/^#[0-9a-f]{6}$/.test(value)) found[name] = value;
        }
      }
    }
    if (Object.keys(found).length) known[theme] = found;
    return found;
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

  // One part of a figure made anew; ``place`` and ``above`` are its own and its owner's names.
  function made(part, how, place, above) {
    if (typeof part === "string") {
      if (place === "family") return how.family;
      if (!how.map || !part.includes("#")) return part;
      return part.replace(/#[0-9a-f]{6}\b/gi, (one) => how.map.get(one.toLowerCase()) || one);
    }
    if (typeof part === "number") {
      if (place === "size") return part * how.type;
      if (place === "width" && above === "line") return part * how.stroke;
      if (place === "gridwidth") return part * how.stroke;
      if (above === "margin" || LENGTHS.has(place)) return part * how.type;
      return part;
    }
    if (Array.isArray(part)) return part.map((one) => made(one, how, place, above));
    if (!part || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
    const whole = {};
    for (const [name, one] of Object.entries(part)) {
      whole[name] = AS_THEY_ARE.has(name) && typeof one === "object"
        ? one
        : made(one, how, name, place);
    }
    return whole;
  }

  function themed(figure, element) {
    const style = getComputedStyle(element);
    const how = {
      map: exchange(),
      type: factor(style, "--figure-scale"),
      stroke: factor(style, "--figure-stroke"),
      family: style.fontFamily,
    };
    return {
      ...figure,
      data: made(figure.data || [], how, "data", ""),
      layout: made(figure.layout || {}, how, "layout", ""),
    };
  }

  const onPaper = (one) => one.closest("[data-theme]") !== root; // light whatever the page is

  function watch(name) {
    const original = Plotly[name].bind(Plotly);
    Plotly[name] = (graph, data, layout, config) => {
      const figure = data && !Array.isArray(data) && data.data ? data : { data, layout, config };
      const element = typeof graph === "string" ? document.getElementById(graph) : graph;
      if (!element || onPaper(element)) return original(graph, data, layout, config);
      given.set(element, figure);
      return original(graph, themed(figure, element));
    };
  }

  function redraw() {
    document.querySelectorAll(".js-plotly-plot").forEach((graph) => {
      const figure = given.get(graph);
      if (!figure) return;
      Plotly.react(graph, figure);
    });
  }

  // Drawings within text are pictures of their own, which no style reaches.
  function tint(image) {
    const address = image.getAttribute("src") || "";
    if (!address.startsWith("data:image/svg+xml,") || onPaper(image)) return;
    const before = sources.get(image);
    const arrived = before && before.shown === address ? before.arrived : address;
    const map = exchange();
    const shown = map
      ? arrived.replace(/%23([0-9a-f]{6})/gi, (one, hex) => {
          const colour = map.get("#" + hex.toLowerCase());
          return colour ? "%23" + colour.slice(1) : one;
        })
      : arrived;
    sources.set(image, { arrived, shown });
    if (shown !== address) image.setAttribute("src", shown);
  }

  const tintAll = (within) => {
    if (within.matches && within.matches("img")) tint(within);
    if (within.querySelectorAll) within.querySelectorAll("img").forEach(tint);
  };

  if (Plotly) {
    ["newPlot", "react"].forEach(watch);
    const toImage = Plotly.toImage.bind(Plotly);
    Plotly.toImage = (graph, options) => {
      const figure = graph instanceof Element ? given.get(graph) : null;
      return toImage(figure ? { data: figure.data, layout: figure.layout } : graph, options);
    };
  }
  document.addEventListener("themechange", () => {
    if (Plotly) redraw();
    tintAll(document);
  });
  new MutationObserver((changes) => {
    if (root.dataset.theme === "light") return;
    for (const change of changes) {
      if (change.type === "attributes") tintAll(change.target);
      else change.addedNodes.forEach(tintAll);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
})();
