// The reader's theme, put on the page before anything is painted: this file stands in the head.
(function () {
  "use strict";

  const NAMES = ["light", "dark", "projector"];
  const YEAR = 365 * 24 * 3600;
  const root = document.documentElement;
  const darkness = window.matchMedia("(prefers-color-scheme: dark)");
  let onPaper = false;

  // What the reader chose: one of NAMES, else "auto", which follows the machine.
  function choice() {
    const match = document.cookie.match(/(?:^|; )theme=(\w+)/);
    return match && NAMES.includes(match[1]) ? match[1] : "auto";
  }

  function active() {
    if (onPaper) return "light"; // ink on white paper
    return choice() === "auto" ? (darkness.matches ? "dark" : "light") : choice();
  }

  // ``atOnce``: the paper does not wait for what is drawn later.
  function apply(atOnce) {
    const theme = active();
    const before = root.dataset.theme; // the server may have written it already
    root.dataset.theme = theme;
    root.dataset.bsTheme = theme === "dark" ? "dark" : "light"; // Bootstrap's own pictures
    if (before === theme) return;
    document.dispatchEvent(new CustomEvent("themechange", { detail: { theme, atOnce } }));
  }

  // The list in the header says what holds, whoever chose it.
  function say() {
    const list = document.getElementById("theme-choice");
    const dash = window.dash_clientside;
    if (!list || list.value === choice() || !dash || !dash.set_props) return;
    dash.set_props("theme-choice", { value: choice() });
  }

  function choose(name) {
    document.cookie = `theme=${name}; path=${window.place.root}; max-age=${YEAR}; samesite=lax`;
    apply(false);
    say();
  }

  apply(false);
  darkness.addEventListener("change", () => apply(false));
  document.addEventListener("visibilitychange", () => { apply(false); say(); }); // another window's choice
  window.addEventListener("beforeprint", () => { onPaper = true; apply(true); });
  window.addEventListener("afterprint", () => { onPaper = false; apply(true); });
  document.addEventListener("change", (event) => {
    if (event.target.id === "theme-choice") choose(event.target.value);
  });

  window.theme = { choose };
})();
