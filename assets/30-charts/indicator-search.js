// What is searched for among the indicators stands in the address, so that it can be sent on.
(function () {
  "use strict";

  const FIELDS = { "indicator-search": "q", "indicator-topic": "topic" };
  let waiting = 0;

  function keep(field) {
    const url = new URL(window.location.href);
    const value = field.value.trim();
    const name = FIELDS[field.id];
    if (value && value !== "every") url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    window.history.replaceState(window.history.state, "", url);
  }

  document.addEventListener("input", (event) => {
    if (!(event.target.id in FIELDS)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, 250, event.target);
  });
})();
