// The address is the state. Controls and links change it; panels follow it.
// A change on the same page only sets the query, so that each block redraws itself; another page is
// pushed as Dash's own links do.
(function () {
  "use strict";

  const { inside, outside } = window.place;
  const SHORT = { year_on_year: "", period_on_period: "pop", none: "none" };
  const SERVED = ["/export/", "/api/", "/vendor/", "/assets/", "/healthz"];
  let path = null; // the page that is shown
  let turn = 0; // makes every selection a new one, also after going back and forth
  let visit = 0; // counts the pages that were turned to
  let known = null; // the filters as they were drawn last
  let chosen = null; // what was chosen since: the answer to it may still be on its way

  const same = () => window.dash_clientside.no_update;

  function search(params) {
    const text = params.toString();
    return text ? "?" + text : "";
  }

  // The part that a hash names, in sight: what folds it away is opened, and it is marked a moment.
  function showPart(hash) {
    const part = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!part) return false;
    for (let box = part.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    const shown = part.closest(".panel-card, tr") || part;
    part.scrollIntoView();
    shown.classList.add("is-arrived");
    setTimeout(() => shown.classList.remove("is-arrived"), 2500);
    return true;
  }

  const busy = (on) => document.documentElement.classList.toggle("is-turning", on);

  // Until the page is drawn the one before stays where it was scrolled to, below a moving line.
  function whenDrawn(then) {
    const content = document.getElementById("_pages_content");
    if (!content) return;
    busy(true);
    const watcher = new MutationObserver(() => {
      const main = document.getElementById("main");
      if (!main) return;
      watcher.disconnect();
      busy(false);
      main.focus({ preventScroll: true });
      document.dispatchEvent(new Event("viewchange"));
      then();
    });
    watcher.observe(content, { childList: true, subtree: true });
    setTimeout(() => busy(false), 15000); // a page that fails says so itself
  }

  function turnTo(url) {
    window.history.replaceState({ ...window.history.state, scrolled: window.scrollY }, "");
    whenDrawn(() => {
      window.scrollTo(0, 0);
      if (url.hash) arrive(20);
    });
    window.history.pushState({}, "", url.pathname + url.search + url.hash);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  // A first view with a hash: its part stands there once the page is drawn.
  function arrive(attempts) {
    if (showPart(window.location.hash) || !attempts) return;
    setTimeout(() => arrive(attempts - 1), 150);
  }
  if (window.location.hash) document.addEventListener("DOMContentLoaded", () => arrive(40));
  window.addEventListener("hashchange", () => showPart(window.location.hash));

  function go(href, asPage) {
    const url = new URL(href, window.location.href);
    const follows = document.getElementById("area-choice"); // else nothing here follows the selection
    if (url.pathname === window.location.pathname && follows && !asPage) {
      if (url.search !== window.location.search) {
        window.dash_clientside.set_props("url", { search: url.search });
      }
      return;
    }
    turnTo(url);
  }

  const district = (area) => area.slice(0, 6);

  // Another area: of a street's page the page of the other street, else this page with the area.
  function searchOfArea(area, before, drawn, params) {
    // A period of one district says nothing about another one, whose figures may be of other years.
    if (district(area) !== district(before)) params.delete("period");
    const onStreet = inside(window.location.pathname).startsWith("/street/");
    if (onStreet && drawn.streets.includes(area)) {
      go(outside("/street/" + area) + search(params));
      return same();
    }
    params.set("area", area);
    if (!onStreet) return search(params);
    go(outside("/") + search(params));
    return same();
  }

  // Each choice is compared with the one before it, not with what is drawn: a second choice may
  // come before the answer to the first, and both are meant.
  function addressOfControls(area, period, comparison, drawn) {
    if (!drawn || !area) return same();
    if (known !== drawn) {
      known = drawn;
      chosen = { area: drawn.area, period: drawn.period, comparison: drawn.compare };
    }
    const before = chosen;
    chosen = { area, period, comparison };
    const params = new URLSearchParams(window.location.search);
    if (period && period !== before.period) params.set("period", period);
    if (comparison !== before.comparison) {
      if (SHORT[comparison]) params.set("compare", SHORT[comparison]);
      else params.delete("compare");
    }
    if (area !== before.area) return searchOfArea(area, before.area, drawn, params);
    const asBefore = period === before.period && comparison === before.comparison;
    return asBefore ? same() : search(params);
  }

  function selectionOfAddress(query, pathname) {
    const turned = path !== pathname; // the page's own layout draws what the address says
    path = pathname;
    if (turned) {
      visit += 1;
      return same();
    }
    turn += 1;
    document.dispatchEvent(new Event("viewchange"));
    window.dash_clientside.set_props("failure", { children: "" });
    const asked = Object.fromEntries(new URLSearchParams(query || ""));
    return { query: asked, path: inside(pathname), turn: turn, visit: visit };
  }

  function followDrillLink() {
    const context = window.dash_clientside.callback_context;
    const fired = context.triggered.find((each) => each.value && each.value.points);
    if (!fired) return same();
    const id = JSON.parse(fired.prop_id.slice(0, fired.prop_id.lastIndexOf(".")));
    const card = document.querySelector(`[data-ref="${CSS.escape(id.ref)}"]`);
    if (!card) return same();
    const point = fired.value.points[0];
    const graph = card.querySelector(".js-plotly-plot");
    const whole = graph && graph.data[point.curveNumber]; // the whole of a filled shape was clicked
    const [, key] = point.customdata || (whole && whole.meta) || [];
    const href = JSON.parse(card.dataset.doors)[key];
    if (href) go(outside(href));
    return same();
  }

  // Back and forward within a page redraw its panels; without this Dash would draw the page anew too.
  window.addEventListener("popstate", (event) => {
    const within = path === window.location.pathname && document.getElementById("area-choice");
    if (!within) {
      const { scrolled } = event.state || {};
      whenDrawn(() => window.scrollTo(0, scrolled || 0));
      return;
    }
    event.stopImmediatePropagation();
    window.dash_clientside.set_props("url", { search: window.location.search });
  });

  // The open area list has its focus on the chosen area; typing there means searching.
  document.addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 || event.key === "Process";
    if (!typed || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.classList.contains("dash-options-list-option-checkbox")) return;
    const list = event.target.closest(".dash-dropdown-content");
    const box = list && list.querySelector("input[type=search], .dash-dropdown-search");
    if (box) box.focus();
  });

  const isPlainClick = (event) =>
    !event.defaultPrevented && event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  // Whether a link leads to a page of ours, which is drawn without loading everything anew.
  function leadsToPage(link) {
    if (link.target || link.hasAttribute("download") || link.dataset.reload) return false;
    const url = new URL(link.href, window.location.href);
    if (url.origin !== window.location.origin) return false;
    if (SERVED.some((start) => inside(url.pathname).startsWith(start))) return false;
    const { pathname, search } = window.location;
    return !(url.hash && url.pathname === pathname && url.search === search);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || !isPlainClick(event) || !leadsToPage(link)) return;
    event.preventDefault();
    const menu = document.querySelector(".pages.is-open");
    if (menu) menu.classList.remove("is-open");
    go(link.href, Boolean(link.dataset.page));
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    dashboard: { addressOfControls, selectionOfAddress, followDrillLink },
  });
})();
