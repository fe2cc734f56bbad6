// Draws charts anew for the width of a sheet before printing, so that their letters keep their size,
// and puts them back afterwards.
(function () {
  "use strict";

  const SHEET = 640; // pixels within a card on an A4 sheet, at 96 to the inch
  const TALLEST = 300; // of a course over time: two such cards fit on a sheet
  const LOW = ".kind-line, .kind-column, .kind-stacked";
  let drawn = [];

  const isSeen = (graph) => graph.offsetParent && graph._fullLayout;

  function toPaper() {
    if (!window.Plotly || drawn.length) return;
    const graphs = [...document.querySelectorAll(".js-plotly-plot")].filter(isSeen);
    drawn = graphs.map((graph) => {
      const box = graph.closest(".graph") || graph;
      return [graph, graph.layout.height, box, box.style.height];
    });
    drawn.forEach(([graph, , box]) => {
      const tall = graph._fullLayout.height;
      const height = graph.closest(LOW) ? Math.min(tall, TALLEST) : tall;
      box.style.height = height + "px";
      window.Plotly.relayout(graph, { autosize: false, width: SHEET, height: height });
    });
  }

  function fromPaper() {
    drawn.forEach(([graph, height, box, styled]) => {
      box.style.height = styled;
      window.Plotly.relayout(graph, { autosize: true, width: null, height: height || null });
    });
    drawn = [];
  }

  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
})();
