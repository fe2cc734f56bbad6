// Draws charts anew for the width of a sheet before printing, so that their letters keep their size,
// and puts them back afterwards.
(function () {
  "use strict";

  const SHEET = 640; // pixels within a card on an A4 sheet, at 96 to the inch
  const TALLEST = 300; // of a course over time or a short ranking: two such cards fit on a sheet
  const LOW = ".kind-line, .kind-column, .kind-stacked";
  const ROW = 20; // of a ranking, in which a name can still be read
  const EDGES = 60; // above and below its rows
  const LONGEST = 900; // of a ranking: a longer one breaks over sheets, so its table is printed instead
  const AS_TABLE = "is-table-on-paper";
  let drawn = [];
  let opened = []; // the tables that were closed before

  const isSeen = (graph) => graph.offsetParent && graph._fullLayout;

  // How tall a graph is drawn on a sheet.
  function tallness(graph) {
    const tall = graph._fullLayout.height;
    if (graph.closest(LOW)) return Math.min(tall, TALLEST);
    if (!graph.closest(".kind-bar")) return tall;
    const rows = graph.data[0] && graph.data[0].y ? graph.data[0].y.length : 0;
    return Math.min(tall, Math.max(TALLEST, rows * ROW + EDGES));
  }

  // A ranking of many streets as its table, whose rows stay whole and whose heading is repeated.
  function asTable(graph) {
    const card = graph.closest(".kind-bar");
    const table = card && card.querySelector(".table-view");
    if (!table || graph._fullLayout.height <= LONGEST) return false;
    card.classList.add(AS_TABLE);
    if (!table.open) opened.push(table);
    table.open = true;
    return true;
  }

  function toPaper() {
    if (!window.Plotly || drawn.length || opened.length) return;
    const seen = [...document.querySelectorAll(".js-plotly-plot")].filter(isSeen);
    const graphs = seen.filter((graph) => !asTable(graph));
    drawn = graphs.map((graph) => {
      const box = graph.closest(".graph") || graph;
      return [graph, graph.layout.height, box, box.style.height];
    });
    drawn.forEach(([graph, , box]) => {
      const height = tallness(graph);
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
    document.querySelectorAll("." + AS_TABLE).forEach((card) => card.classList.remove(AS_TABLE));
    opened.forEach((table) => (table.open = false));
    opened = [];
  }

  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
})();
