// Forms that are sent as JSON (see components/posting.py), the receipt of a view, and "add to the
// agenda" on each card. What the server refuses is said where it was asked.
(function () {
  "use strict";

  async function post(address, content) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error || answer.statusText);
    return said;
  }

  const language = () => (document.documentElement.lang === "en" ? "en" : "zh");

  // The address of what a card shows: its own downloads name it in full.
  function queryOf(card) {
    const link = card && card.querySelector("a[href^='/export/']");
    return link ? new URL(link.href).search : window.location.search;
  }

  // The code of a card's chart, "K7Q2-M4XD"; "" where none can be had. Pictures are given it.
  async function receiptOf(card) {
    try {
      const asked = { kind: "chart", ref: card.dataset.ref, query: queryOf(card) };
      return (await post("/api/receipts", asked)).code;
    } catch {
      return "";
    }
  }
  window.receipts = { of: receiptOf };

  function field(spec, form) {
    const label = document.createElement("label");
    const tag = { area: "textarea", select: "select" }[spec.kind] || "input";
    const made = document.createElement(tag);
    label.append(Object.assign(document.createElement("span"), { textContent: spec.label }));
    made.name = spec.name;
    made.className = tag === "select" ? "form-select" : "form-control";
    if (tag === "input") made.type = spec.kind;
    if (tag === "textarea") made.rows = 3;
    spec.options.forEach(([value, text]) => made.append(new Option(text, value)));
    if (spec.value) made.value = spec.value;
    made.required = spec.needed;
    if (tag !== "select") made.maxLength = 2000;
    label.append(made);
    form.append(label);
  }

  function build(box) {
    if (box.builtFrom === box.dataset.form) return;
    box.builtFrom = box.dataset.form;
    const given = JSON.parse(box.dataset.form);
    const form = document.createElement("form");
    const button = document.createElement("button");
    const said = document.createElement("p");
    given.fields.forEach((spec) => field(spec, form));
    Object.assign(button, { type: "submit", textContent: given.button });
    button.className = given.fields.length ? "btn btn-primary" : "tool";
    if (given.hidden.label) button.setAttribute("aria-label", given.hidden.label);
    said.className = "posted-said";
    said.setAttribute("role", "status");
    form.append(button, said);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      const content = { ...given.hidden, ...Object.fromEntries(new FormData(form)), lang: language() };
      try {
        const answer = await post(given.post, content);
        if (answer.said) said.textContent = answer.said;
        box.dispatchEvent(new CustomEvent("posted", { bubbles: true, detail: answer }));
        if (answer.go) window.location.assign(answer.go);
        else if (answer.again) window.location.reload();
        else form.reset();
      } catch (error) {
        said.textContent = error.message;
      }
      button.disabled = false;
    });
    box.replaceChildren(form);
  }

  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.dataset.form) build(node);
    node.querySelectorAll("[data-form]").forEach(build);
  };
  new MutationObserver((changes) => {
    changes.forEach((change) => {
      if (change.type === "attributes") build(change.target);
      else change.addedNodes.forEach(look);
    });
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-form"],
  });

  function tell(button, text, href) {
    let said = button.parentElement.querySelector(".told");
    if (!said) {
      said = document.createElement("span");
      said.className = "told";
      said.setAttribute("role", "status");
      button.after(said);
    }
    said.replaceChildren(document.createTextNode(href ? "" : text));
    if (!href) return;
    const link = Object.assign(document.createElement("a"), { href: href, textContent: text });
    said.append(link);
  }

  async function act(button) {
    const card = button.closest(".chart-card");
    try {
      if (button.dataset.action === "receipt") {
        const asked = { kind: "view", ref: window.location.pathname, query: window.location.search };
        const given = await post("/api/receipts", { ...asked, lang: language() });
        tell(button, given.code, "/receipt/" + given.code);
      } else {
        const kind = button.dataset.kind || "chart";
        const ref = button.dataset.ref || card.dataset.ref;
        const asked = { kind: kind, ref: ref, query: queryOf(card), lang: language() };
        const given = await post("/api/meetings/pages", asked);
        tell(button, given.said, given.address);
      }
    } catch (error) {
      tell(button, error.message);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-action]");
    if (button && ["receipt", "agenda"].includes(button.dataset.action)) act(button);
  });
})();
