// Announces a change once to readers who do not see it: the page, the place, the period and the
// comparison, when every block that was on its way has arrived.
(function () {
  "use strict";

  const QUIET = 300; // milliseconds without anything on its way
  const LOOK = 100;
  let region = null;
  let timer = 0;
  let calm = 0;

  const textOf = (selector) => {
    const element = document.querySelector(selector);
    return element ? element.textContent.trim() : "";
  };

  function made() {
    region = document.createElement("div");
    region.id = "announcer";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }

  function say() {
    const main = document.getElementById("main");
    if (!main || !main.dataset.announcement) return;
    const comparison = textOf(".filter-comparison .segment.is-on");
    const parts = [textOf("main h1"), textOf("main .where"), comparison].filter(Boolean);
    region.textContent = `${main.dataset.announcement} ${parts.join(" · ")}`;
  }

  function look() {
    const busy = document.querySelector("[data-dash-is-loading], ._dash-loading");
    calm = busy ? 0 : calm + LOOK;
    if (calm < QUIET) return;
    clearInterval(timer);
    say();
  }

  document.addEventListener("viewchange", () => {
    if (!region) made();
    region.textContent = "";
    calm = 0;
    clearInterval(timer);
    timer = setInterval(look, LOOK);
  });

  document.addEventListener("DOMContentLoaded", () => region || made());
})();
