// The buttons of a chart's card: image files made here in the browser, and the full screen.
(function () {
  "use strict";

  const WIDTH = 1200;
  const HEAD = 76;
  const FOOT = 40;
  const EDGE = 24;

  const escaped = (text) =>
    (text || "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  const fileName = (meta) =>
    (meta.title + "_" + meta.subtitle)
      .replace(/[\\/:*?"<>|\s]+/g, "_")
      .replace(/_+$/, "")
      .slice(0, 80);

  function line(text, x, y, size, colour, more) {
    return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" ${more || ""}>` +
      `${escaped(text)}</text>`;
  }

  // The figure as an SVG that can leave the page alone: with title, subtitle, source and demo mark.
  async function standingAlone(graph, code) {
    const layout = { ...JSON.parse(JSON.stringify(graph.layout)), autosize: false };
    const meta = layout.meta || {};
    const height = Math.max(graph.clientHeight, 240);
    Object.assign(layout, { width: WIDTH, height: height, paper_bgcolor: "#ffffff" });
    const size = { format: "svg", width: WIDTH, height: height };
    const address = await window.Plotly.toImage({ data: graph.data, layout: layout }, size);
    const plot = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const total = height + HEAD + FOOT;
    const font = getComputedStyle(document.body).fontFamily.replace(/"/g, "'");
    return {
      meta: meta,
      height: total,
      text:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" ` +
        `viewBox="0 0 ${WIDTH} ${total}" font-family="${font}">` +
        `<rect width="100%" height="100%" fill="#ffffff"/>` +
        line(meta.title, EDGE, 36, 22, "#1f2933", 'font-weight="600"') +
        line(meta.subtitle, EDGE, 62, 14, "#5b6875") +
        line(meta.demo, WIDTH - EDGE, 36, 16, "#8a5a00", 'text-anchor="end"') +
        `<g transform="translate(0 ${HEAD})">${plot.replace(/^<\?xml[^>]*>/, "")}</g>` +
        line(meta.source, EDGE, total - 16, 13, "#5b6875") +
        line(code, WIDTH - EDGE, total - 16, 13, "#5b6875", 'text-anchor="end"') +
        "</svg>",
    };
  }

  function asPng(picture) {
    const image = new Image();
    const blob = new Blob([picture.text], { type: "image/svg+xml" });
    const address = URL.createObjectURL(blob);
    return new Promise((resolve, reject) => {
      image.onerror = reject;
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = WIDTH * 2;
        canvas.height = picture.height * 2;
        const pen = canvas.getContext("2d");
        pen.scale(2, 2);
        pen.drawImage(image, 0, 0, WIDTH, picture.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(resolve, "image/png");
      };
      image.src = address;
    });
  }

  async function saveImage(card, format) {
    const graph = card.querySelector(".js-plotly-plot");
    if (!graph || !window.Plotly) return;
    const picture = await standingAlone(graph, await window.receipts.of(card));
    const blob = format === "png"
      ? await asPng(picture)
      : new Blob([picture.text], { type: "image/svg+xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = fileName(picture.meta) + "." + format;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // In full screen the figure takes the room between the text above and below it.
  function fit(card, full) {
    const graph = card.querySelector(".js-plotly-plot");
    const box = card.querySelector(".graph");
    if (!graph || !window.Plotly) return;
    if (!full) {
      box.style.height = card.dataset.height + "px";
      window.Plotly.relayout(graph, { height: Number(card.dataset.height) });
      return;
    }
    card.dataset.height = graph.clientHeight;
    const foot = card.querySelector(".card-foot");
    const free = foot.offsetTop - foot.previousElementSibling.offsetTop -
      foot.previousElementSibling.offsetHeight;
    const height = Math.max(graph.clientHeight + free - 16, 320);
    box.style.height = height + "px";
    window.Plotly.relayout(graph, { height: height });
  }

  function setFull(card, full) {
    card.classList.toggle("is-full", full);
    document.body.classList.toggle("has-full", full);
    const button = card.querySelector("[data-action=fullscreen]");
    button.setAttribute("aria-pressed", String(full));
    fit(card, full);
    button.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-action]");
    if (!button) return;
    const card = button.closest(".chart-card");
    const action = button.dataset.action;
    if (card && (action === "png" || action === "svg")) saveImage(card, action);
    if (card && action === "fullscreen") setFull(card, !card.classList.contains("is-full"));
    if (action === "menu") {
      const open = document.getElementById("navigation").classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const card = document.querySelector(".chart-card.is-full");
    if (card) setFull(card, false);
  });
})();
