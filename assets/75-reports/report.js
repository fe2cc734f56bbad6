// The outline of a report: charts and topics are moved by buttons, charts by dragging too.
(function () {
  "use strict";

  const box = () => document.getElementById("report-outline");
  const refs = () => [...box().querySelectorAll("li[data-ref]")].map((entry) => entry.dataset.ref);
  const topicOf = (ref) => ref.split("/")[0];

  function swapped(list, place, step) {
    const other = place + step;
    if (place < 0 || other < 0 || other >= list.length) return list;
    const copy = [...list];
    [copy[place], copy[other]] = [copy[other], copy[place]];
    return copy;
  }

  // The pages of a deck for the director stand in one order, whatever their topics.
  const flat = () => Boolean(box().querySelector("[data-flat]"));

  function moved(key, step) {
    if (flat()) return swapped(refs(), refs().indexOf(key), step);
    const groups = new Map();
    for (const ref of refs()) groups.set(topicOf(ref), [...(groups.get(topicOf(ref)) || []), ref]);
    let topics = [...groups.keys()];
    if (key.includes("/")) {
      const group = groups.get(topicOf(key));
      groups.set(topicOf(key), swapped(group, group.indexOf(key), step));
    } else {
      topics = swapped(topics, topics.indexOf(key), step);
    }
    return topics.flatMap((topic) => groups.get(topic));
  }

  // Once the outline is drawn anew, the keyboard stands where it stood.
  function keepFocus(key, way) {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      const buttons = [...box().querySelectorAll("[data-move]")].filter((b) => b.dataset.key === key);
      const same = buttons.find((b) => b.dataset.move === way && !b.disabled);
      (same || buttons.find((b) => !b.disabled) || box()).focus();
    });
    watch.observe(box(), { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 5000);
  }

  function order(list) {
    window.dash_clientside.set_props("report-order", { data: list });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#report-outline [data-move]");
    if (!button || button.disabled) return;
    keepFocus(button.dataset.key, button.dataset.move);
    order(moved(button.dataset.key, button.dataset.move === "up" ? -1 : 1));
  });

  let dragged = null;
  const chart = (event) =>
    event.target.closest && event.target.closest("#report-outline li[data-ref]");

  document.addEventListener("dragstart", (event) => {
    const entry = chart(event);
    if (entry) dragged = entry.dataset.ref;
  });
  document.addEventListener("dragend", () => { dragged = null; });
  document.addEventListener("dragover", (event) => {
    const entry = chart(event);
    if (!dragged || !entry) return;
    if (flat() || topicOf(entry.dataset.ref) === topicOf(dragged)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const entry = chart(event);
    if (!dragged || !entry || entry.dataset.ref === dragged) return;
    event.preventDefault();
    const before = refs();
    const later = before.indexOf(entry.dataset.ref) > before.indexOf(dragged);
    const list = before.filter((ref) => ref !== dragged);
    list.splice(list.indexOf(entry.dataset.ref) + (later ? 1 : 0), 0, dragged);
    order(list);
  });
})();
