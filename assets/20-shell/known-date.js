// The date field of "as known on": Dash's components have none. Its day goes into the address.
(function () {
  "use strict";

  function show(day) {
    const params = new URLSearchParams(window.location.search);
    if (day) params.set("known", day);
    else params.delete("known");
    const link = document.createElement("a"); // as any link of the page, so that panels follow it
    link.href = window.location.pathname + "?" + params;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function build(box) {
    if (box.builtFrom === box.dataset.known) return;
    box.builtFrom = box.dataset.known;
    const given = JSON.parse(box.dataset.known);
    const form = document.createElement("form");
    const label = document.createElement("label");
    const day = document.createElement("input");
    const button = document.createElement("button");
    const now = new Date();
    Object.assign(day, { type: "date", id: "known-day", value: given.value, className: "form-control" });
    day.max = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    label.htmlFor = day.id;
    label.textContent = given.label;
    Object.assign(button, { type: "submit", className: "btn btn-primary", textContent: given.button });
    form.append(label, day, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show(day.value);
    });
    box.replaceChildren(form);
  }

  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.dataset.known) build(node);
    node.querySelectorAll("[data-known]").forEach(build);
  };

  new MutationObserver((changes) => {
    changes.forEach((change) => {
      if (change.type === "attributes") build(change.target);
      else change.addedNodes.forEach(look);
    });
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-known"],
  });
})();
