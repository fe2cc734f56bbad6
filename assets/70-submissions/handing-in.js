// Checks what is handed in before it is sent: names files that are too large, and keeps the merged
// cells of a table pasted from a spreadsheet or a web page. Holds the button to hand in back while
// questions are open or a note is missing.
(function () {
  "use strict";

  function tooLarge(box, files) {
    const sum = [...(files || [])].reduce((bytes, file) => bytes + file.size, 0);
    const text = sum > Number(box.dataset.most) ? box.dataset.tooLarge : "";
    window.dash_clientside.set_props("upload-files", { children: text });
    return Boolean(text);
  }

  let drawn = { controls: "", values: "" };

  // Whether an answer is another than the preview that is shown was drawn with.
  function isAnswered(work, controls, values) {
    const own = JSON.stringify([work && work.job, controls]);
    const now = JSON.stringify(values);
    if (drawn.controls !== own) drawn = { controls: own, values: now };
    return drawn.values !== now;
  }

  // What is waited for is "answers", "note" or nothing; while it is answers, or one was changed,
  // previewing again is the next step: it looks so, and beside the buttons it is said.
  function holdBack(waits, note, values, controls, work) {
    const isBack = waits === "answers" || (waits === "note" && !(note || "").trim());
    const changed = isAnswered(work, controls, values);
    const again = waits === "answers" || changed;
    return [isBack, again ? "btn btn-primary" : "btn btn-outline-secondary",
      again ? "btn btn-outline-secondary" : "btn btn-primary", !changed];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    submissions: { holdBack },
  });

  function guard(event) {
    const box = event.target.closest && event.target.closest(".upload-box");
    const files = event.dataTransfer ? event.dataTransfer.files : event.target.files;
    if (!box || !files || !tooLarge(box, files)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.dataTransfer) event.target.value = "";
  }

  document.addEventListener("drop", guard, true);
  document.addEventListener("change", guard, true);

  document.addEventListener("paste", (event) => {
    const box = event.target.closest && event.target.closest("[data-page]");
    if (!box || !event.clipboardData) return;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const isTable = /<table[\s>]/i.test(html);
    window.dash_clientside.set_props(box.dataset.page, { data: isTable ? { html, text } : null });
  });
})();
