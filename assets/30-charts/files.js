// Downloads files that take a while to be made: shows progress after a moment, can be cancelled, and
// says in words what failed where the answer would otherwise be a page of code.
(function () {
  "use strict";

  const SLOW = /\.(pptx|docx|pdf)$/; // tables are there at once
  const PATIENCE = 300; // milliseconds without a word
  let running = null;

  const words = (name) => {
    const language = document.documentElement.lang === "en" ? "en" : "zh";
    return document.getElementById("connection").getAttribute("data-" + name + "-" + language);
  };

  function make(name, kind, text) {
    const made = document.createElement(name);
    made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function card() {
    const shown = document.querySelector(".file-card");
    if (shown) return shown;
    const made = make("section", "file-card");
    made.setAttribute("role", "status");
    (document.querySelector("dialog[open]") || document.body).append(made); // else out of reach
    return made;
  }

  function say(text, button, act, bar) {
    const way = make("button", "tool", button);
    way.type = "button";
    way.addEventListener("click", act);
    card().replaceChildren(make("p", "", text), ...(bar ? [make("progress", "")] : []), way);
  }

  function gone() {
    const shown = document.querySelector(".file-card");
    if (shown) shown.remove();
  }

  function nameOf(answer, address) {
    const header = answer.headers.get("Content-Disposition") || "";
    const spelt = /filename\*=UTF-8''([^;]+)/.exec(header);
    const plain = /filename="?([^";]+)/.exec(header);
    const last = new URL(address, window.location.href).pathname.split("/").pop();
    return spelt ? decodeURIComponent(spelt[1]) : plain ? plain[1] : last;
  }

  function save(content, name) {
    const link = make("a", "");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function fetchFile(link) {
    const work = new AbortController();
    running = work;
    const cancel = () => work.abort();
    const late = setTimeout(() => say(words("preparing"), words("cancel"), cancel, true), PATIENCE);
    try {
      const answer = await fetch(link.href, { signal: work.signal });
      if (!answer.ok) {
        const refusal = await answer.json().catch(() => ({}));
        throw new Error(refusal.error || words("failed"));
      }
      save(await answer.blob(), nameOf(answer, link.href));
      gone();
    } catch (error) {
      const lost = error.name === "TypeError";
      const text = error.name === "AbortError" ? words("cancelled") : lost ? words("failed") : error.message;
      say(text, words("close"), () => { gone(); link.focus(); }, false);
    } finally {
      clearTimeout(late);
      running = null;
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[download][href]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const url = new URL(link.href, window.location.href);
    if (url.origin !== window.location.origin || !SLOW.test(url.pathname)) return;
    event.preventDefault();
    if (!running) fetchFile(link);
  });
})();
