// Draws a figure as a picture that stands alone: with title, unit, notes, source, date, grade, mark.
// The same on the page, where a reader saves it, and in the browser that the command line starts.
(function () {
  "use strict";

  const EDGE = 28;
  // Width and height of the drawing in its own units, and how many pixels one of them is.
  const SIZES = {
    slide: [1000, 562.5, 1.6], // 1600 × 900: a 16:9 slide
    half: [800, 566, 1.55], // 1240 × 877: half a page of A4
    full: [800, 1132, 1.55], // 1240 × 1755: a page of A4
  };

  const escaped = (text) =>
    (text || "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  const family = () => getComputedStyle(document.body).fontFamily.replace(/"/g, "'");

  const pen = document.createElement("canvas").getContext("2d");

  function widthOf(text, size, bold) {
    pen.font = `${bold ? "600 " : ""}${size}px ${family()}`;
    return pen.measureText(text).width;
  }

  // Chinese may be broken after any sign, other words at their spaces; a stop never begins a line.
  function folded(text, size, width, bold) {
    const pieces = (text || "").match(/[\u2e80-\uffff][，。；：、！？）》”·]*|[^\s\u2e80-\uffff]+\s*|\s+/g) || [];
    const lines = [];
    let line = "";
    for (const piece of pieces) {
      if (line && widthOf((line + piece).trimEnd(), size, bold) > width) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += piece;
      while (widthOf(line.trimEnd(), size, bold) > width && line.length > 1) {
        let end = line.length - 1; // one word longer than the line: a file's name
        while (end > 1 && widthOf(line.slice(0, end), size, bold) > width) end -= 1;
        lines.push(line.slice(0, end));
        line = line.slice(end);
      }
    }
    if (line.trim()) lines.push(line.trimEnd());
    return lines;
  }

  function written(lines, x, y, size, step, colour, more) {
    return lines
      .map((line, place) =>
        `<text x="${x}" y="${y + place * step}" font-size="${size}" fill="${colour}" ` +
        `${more || ""}>${escaped(line)}</text>`)
      .join("");
  }

  // Fractions of the plot's height in the layout were meant for its own height.
  function stretched(layout, height) {
    const margin = layout.margin || {};
    const inner = (whole) => Math.max(whole - (margin.t || 0) - (margin.b || 0), 1);
    const legend = layout.legend;
    if (legend && legend.y > 1.02 && layout.height) {
      legend.y = 1.02 + ((legend.y - 1.02) * inner(layout.height)) / inner(height);
    }
  }

  // The figure alone as SVG text, drawn at least as high as its rows need, then made to fit.
  async function plotted(figure, width, room) {
    const layout = { ...JSON.parse(JSON.stringify(figure.layout)), autosize: false };
    const own = layout.height || room;
    const shrink = Math.max(own / room, 1);
    const height = room * shrink;
    stretched(layout, height);
    const clear = "rgba(0,0,0,0)";
    Object.assign(layout, { width: width * shrink, height: height, paper_bgcolor: clear });
    if (layout.plot_bgcolor === figure.layout.paper_bgcolor) layout.plot_bgcolor = clear;
    layout.annotations = (layout.annotations || []).filter((note) => note.name !== "demo");
    const size = { format: "svg", width: width * shrink, height: height };
    const address = await window.Plotly.toImage({ data: figure.data, layout: layout }, size);
    const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    return text.replace(/^<\?xml[^>]*>/, "").replace(
      /^<svg([^>]*?) width="[^"]*" height="[^"]*"/,
      `<svg$1 width="${width}" height="${room}"`);
  }

  // The whole picture: {text, width, height} of an SVG; sizes are pixels at 1×.
  async function draw(figure, options) {
    const chosen = { size: "slide", transparent: false, receipt: "", ...options };
    const [width, height, pixels] = SIZES[chosen.size] || SIZES.slide;
    const meta = figure.layout.meta || {};
    const ink = meta.ink; // the light theme's: what leaves is always light
    const text = width - 2 * EDGE;
    const marked = [meta.demo, chosen.receipt].filter(Boolean).join(" · ");
    const markRoom = marked ? widthOf(marked, 14, true) + 20 : 0;
    const title = folded(meta.title, 22, text - markRoom, true);
    const subtitle = folded(meta.subtitle, 14, text);
    const sentence = folded(meta.sentence, 14, text);
    const notes = (meta.notes || []).flatMap((note) => folded(note, 11.5, text));
    const source = folded(meta.source, 12, text);
    const head = 18 + title.length * 29 + subtitle.length * 20 + sentence.length * 20 + 12;
    const foot = notes.length * 16 + source.length * 17 + 20;
    const room = Math.max(height - head - foot, 120);
    const plot = await plotted(figure, text, room);
    let y = 18 + 22;
    const parts = [
      written(title, EDGE, y, 22, 29, ink.text, 'font-weight="600"'),
      written(marked ? [marked] : [], width - EDGE, y, 14, 0, ink.mark,
        'font-weight="600" text-anchor="end"'),
    ];
    y += title.length * 29 - 5;
    parts.push(written(subtitle, EDGE, y, 14, 20, ink.muted));
    y += subtitle.length * 20;
    parts.push(written(sentence, EDGE, y, 14, 20, ink.text));
    parts.push(`<g transform="translate(${EDGE} ${head})">${plot}</g>`);
    y = height - foot + 14;
    parts.push(written(notes, EDGE, y, 11.5, 16, ink.muted));
    parts.push(written(source, EDGE, y + notes.length * 16, 12, 17, ink.muted));
    const ground = chosen.transparent ? "" : '<rect width="100%" height="100%" fill="' + ink.ground + '"/>';
    return {
      width: Math.round(width * pixels),
      height: Math.round(height * pixels),
      text:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(width * pixels)}" ` +
        `height="${Math.round(height * pixels)}" viewBox="0 0 ${width} ${height}" ` +
        `font-family="${family()}">${ground}${parts.join("")}</svg>`,
    };
  }

  // The picture on a canvas, ``scale`` times its size.
  function painted(picture, scale) {
    const image = new Image();
    const address = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
    return new Promise((resolve, reject) => {
      image.onerror = () => reject(new Error("the picture cannot be drawn"));
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = picture.width * scale;
        canvas.height = picture.height * scale;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        resolve(canvas);
      };
      image.src = address;
    });
  }

  window.pictures = { draw, painted, folded };
})();
