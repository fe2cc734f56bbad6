// The buttons of a chart's card: image files made in the browser, and the full screen.
(function () {
  "use strict";

  // A click on PNG or SVG saves the picture of a slide's size; the dialog has all choices.
  function saveImage(card, format) {
    window.pictureExport.save(card, format, { size: "slide", scale: 2 });
  }

  // In full screen the figure takes the room between the text above and below it.
  function fit(card, full) {
    const graph = card.querySelector(".js-plotly-plot");
    const box = card.querySelector(".graph");
    if (!graph || !window.Plotly) return;
    if (!full) {
      box.style.height = card.dataset.height;
      window.Plotly.Plots.resize(graph);
      return;
    }
    card.dataset.height = box.style.height; // as it was written, for the way back
    const foot = card.querySelector(".card-foot");
    const free = foot.offsetTop - foot.previousElementSibling.offsetTop -
      foot.previousElementSibling.offsetHeight;
    const height = Math.max(graph.clientHeight + free - 16, 320);
    box.style.height = height + "px";
    window.Plotly.Plots.resize(graph);
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
    if (card && action === "export") window.pictureExport.open(card, button);
    if (card && action === "fullscreen") setFull(card, !card.classList.contains("is-full"));
    if (action === "menu") {
      const open = document.getElementById("navigation").classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    }
  });

  // A menu closes once something else is clicked, and once one of its entries was chosen; the
  // dialog's entry keeps the focus until the dialog gives it back.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".export-menu[open]")) {
      const entry = menu.contains(event.target) && event.target.closest(".export-menu > div > *");
      if (menu.contains(event.target) && (!entry || entry.dataset.action === "export")) continue;
      menu.open = false;
      if (entry) menu.firstElementChild.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector(".export-menu[open]");
    if (menu && !document.querySelector("dialog[open]")) {
      menu.open = false;
      menu.firstElementChild.focus();
      return;
    }
    const card = document.querySelector(".chart-card.is-full");
    if (card) setFull(card, false);
  });
})();
