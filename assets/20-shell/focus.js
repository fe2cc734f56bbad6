// Returns the focus to the part of the page that had it when that part is drawn anew or comes back:
// else the keyboard would begin at the top of the page again after every choice.
(function () {
  "use strict";

  const SELECTOR = "a[href], button, input, select, textarea, summary, [tabindex]";
  const PATIENCE = 20000; // milliseconds: a preview or a report may take a while
  const SOON = 60;
  const SETTLED = 1000; // without a change, after which nothing more is expected
  let last = null; // what had the focus, and how to find its successor
  let since = 0;
  let waiting = 0;

  const visible = (element) => element.isConnected && element.checkVisibility() && !element.disabled;

  const nameOf = (element) => element.textContent.trim() + (element.getAttribute("name") || "");

  // The nearest part with an id of its own, within which the successor will stand.
  function home(element) {
    const found = element.parentElement && element.parentElement.closest("[id]:not([id='']), [data-ref]");
    if (!found) return "main";
    return found.id ? "#" + CSS.escape(found.id) : `[data-ref="${CSS.escape(found.dataset.ref)}"]`;
  }

  function remember(event) {
    const element = event.target;
    if (!(element instanceof Element) || element === document.body) return;
    const within = home(element);
    const place = document.querySelector(within) || document;
    const all = [...place.querySelectorAll(SELECTOR)];
    last = {
      element, within, id: element.id, name: nameOf(element), tag: element.tagName,
      at: all.indexOf(element), above: [],
    };
    for (let each = element.parentElement; each && each.id !== "main"; each = each.parentElement) {
      last.above.push(each);
    }
  }

  function successor() {
    if (visible(last.element)) return last.element;
    const own = last.id && document.getElementById(last.id);
    if (own && visible(own)) return own;
    const place = document.querySelector(last.within);
    if (!place) return null;
    const all = [...place.querySelectorAll(SELECTOR)].filter(visible);
    const alike = all.filter((element) => element.tagName === last.tag);
    const named = alike.find((element) => nameOf(element) === last.name);
    return named || alike[Math.min(last.at, alike.length - 1)] || all[0] || null;
  }

  const lost = () => last && (!document.activeElement || document.activeElement === document.body);

  function mend() {
    if (!lost() || visible(last.element) && last.element.contains(document.activeElement)) return;
    if (Date.now() - since > PATIENCE) return;
    if (last.element.isConnected && visible(last.element) && !last.hidden) return; // the reader left it
    const found = successor();
    if (!found) {
      last.hidden = true;
      return;
    }
    found.focus({ preventScroll: true });
  }

  // What had the focus is gone for good, and nothing like it came: the part around it has it.
  function settle() {
    if (!lost() || !last.hidden || visible(last.element)) return;
    const around = last.above.find((each) => each.isConnected && each.checkVisibility());
    const first = around && [...around.querySelectorAll(SELECTOR)].find(visible);
    const found = first || document.getElementById("main");
    if (found) found.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", (event) => { remember(event); since = Date.now(); });
  // A click beside every control leaves them on purpose.
  document.addEventListener("pointerdown", () => { last = null; });
  // The browser takes the focus from a hidden part only when it paints; so it is asked a bit later.
  function look() {
    if (!lost()) return;
    if (!visible(last.element)) last.hidden = true;
    mend();
    if (!lost()) return;
    clearTimeout(waiting);
    waiting = setTimeout(settle, SETTLED);
  }

  let looking = 0;
  new MutationObserver(() => {
    if (looking || !last) return;
    looking = setTimeout(() => { looking = 0; look(); }, SOON);
  }).observe(document, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["hidden", "style", "class", "disabled"] });
})();
