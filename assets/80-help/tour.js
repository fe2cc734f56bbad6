// The tour: offered once on the overview, in a corner; five steps that each highlight a part of the
// page. Who has closed it is not asked again; #tour opens it. Programs that drive a browser,
// printing and presenting see nothing of it unless they ask.
(function () {
  "use strict";

  const KEPT = "tour-seen";
  let words = null;
  let card = null;
  let lit = null;
  let step = 0;
  let opener = null;

  function wasSeen() {
    try {
      return window.localStorage.getItem(KEPT) === "1";
    } catch {
      return true; // what cannot be remembered is not offered again and again
    }
  }

  function remember() {
    try {
      window.localStorage.setItem(KEPT, "1");
    } catch {
      return;
    }
  }

  function make(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, act, kind) {
    const made = make("button", kind || "tool", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function unlight() {
    if (lit) lit.classList.remove("tour-lit");
    lit = null;
  }

  function isSeen(element) {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  }

  function light(places) {
    unlight();
    for (const place of places.split(", ")) {
      lit = [...document.querySelectorAll(place)].find(isSeen) || null;
      if (lit) break;
    }
    if (!lit) return;
    lit.classList.add("tour-lit");
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    lit.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  function end() {
    remember();
    unlight();
    if (card) card.remove();
    card = null;
    const back = opener && opener.isConnected ? opener : document.getElementById("main");
    if (back) back.focus({ preventScroll: true });
    if (window.location.hash === "#tour") {
      const url = window.location.pathname + window.location.search;
      window.history.replaceState(window.history.state, "", url);
    }
  }

  function box(label) {
    if (card) card.remove();
    card = make("section", "tour-card");
    card.setAttribute("aria-label", label);
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    });
    document.body.append(card);
    return card;
  }

  function offer() {
    const line = make("p", "", words.offer);
    const buttons = make("p", "tour-ways");
    buttons.append(button(words.start, () => show(0), "btn btn-primary"), button(words.not_now, end));
    box(words.name).append(line, buttons);
  }

  function show(number) {
    const content = words.steps[number];
    step = number;
    if (!card || !card.querySelector("h2")) {
      opener = document.activeElement === document.body ? null : opener || document.activeElement;
      box(words.name);
    }
    light(content.at);
    const last = number === words.steps.length - 1;
    const title = make("h2", "", content.title);
    const count = words.count.replace("{n}", number + 1).replace("{of}", words.steps.length);
    const buttons = make("p", "tour-ways");
    title.tabIndex = -1;
    if (number) buttons.append(button(words.back, () => show(step - 1)));
    buttons.append(
      button(last ? words.end : words.next, () => (last ? end() : show(step + 1)), "btn btn-primary"),
    );
    const leave = button("×", end, "tour-close");
    leave.setAttribute("aria-label", words.close);
    const text = make("p", "", content.text + (lit ? "" : " " + words.absent));
    const ending = last ? [make("p", "muted", words.again)] : [];
    card.replaceChildren(leave, make("p", "tour-count", count), title, text, ...ending, buttons);
    title.focus({ preventScroll: true });
  }

  function look() {
    const carrier = document.getElementById("tour-words");
    if (!carrier) {
      if (card) {
        unlight();
        card.remove(); // another page
        card = null;
      }
      words = null;
      return;
    }
    if (words) return;
    words = JSON.parse(carrier.dataset.tour);
    const asked = window.location.hash === "#tour";
    if (asked) setTimeout(() => words && show(0), 100); // after the page took the focus
    else if (!wasSeen() && !navigator.webdriver) offer();
  }

  window.addEventListener("hashchange", () => {
    if (words && window.location.hash === "#tour" && !card) show(0);
  });
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
})();
