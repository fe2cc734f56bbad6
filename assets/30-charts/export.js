// The export dialog of a chart: size, ground, scale and language with a preview, then the files.
(function () {
  "use strict";

  let words = {};
  let dialog = null;
  let card = null;
  let opener = null;
  let drawing = 0;

  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  };

  // The address of a card's file: its CSV link names chart and selection.
  function address(of, ending, language) {
    const link = of.querySelector('.tools a[href*="/export/"]');
    const [path, query] = link.getAttribute("href").split("?");
    const chosen = new URLSearchParams(query);
    if (language) chosen.set("lang", language);
    const place = path.replace(/\.[^.]*$/, "");
    return ending === "figure"
      ? window.place.outside(window.place.inside(place).replace("/export/", "/api/figure/")) + "?" + chosen
      : `${place}.${ending}?${chosen}`;
  }

  // What leaves is given a receipt where receipts are given; a preview is not. Areas side by side
  // are several selections, and a receipt covers one.
  const receiptOf = (of) =>
    of.dataset.receipt || (window.receipts && !of.matches(".compare-card") ? window.receipts.of(of) : "");

  async function drawn(of, options, leaves) {
    const answer = await fetch(address(of, "figure", options.language));
    if (!answer.ok) throw new Error(String(answer.status));
    const figure = await answer.json();
    const receipt = leaves ? await receiptOf(of) : of.dataset.receipt || "";
    return { figure, picture: await window.pictures.draw(figure, { ...options, receipt }) };
  }

  const fileName = (meta) =>
    meta.file
      .replace(/[\\/:*?"<>|\s]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 80);

  async function asBlob(picture, format, scale) {
    if (format === "svg") return new Blob([picture.text], { type: "image/svg+xml" });
    const canvas = await window.pictures.painted(picture, scale);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  async function save(of, format, options) {
    const { figure, picture } = await drawn(of, options, true);
    const blob = await asBlob(picture, format, options.scale || 2);
    const link = make("a", {
      href: URL.createObjectURL(blob), download: `${fileName(figure.layout.meta)}.${format}`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function choice(name, values, first) {
    const legend = make("legend", {}, words[name]);
    const radios = values.map(([value, label]) =>
      make("label", {},
        make("input", { type: "radio", name: `export-${name}`, value, checked: value === first }),
        " " + label));
    return make("fieldset", { class: "export-choice" }, legend, ...radios);
  }

  const chosen = () => {
    const of = (name) => dialog.querySelector(`[name=export-${name}]:checked`).value;
    return {
      size: of("size"), transparent: of("ground") === "clear", scale: Number(of("scale")),
      language: of("language"),
    };
  };

  const say = (text) => { dialog.querySelector(".export-message").textContent = text; };

  async function preview() {
    const turn = ++drawing;
    const options = chosen();
    for (const link of dialog.querySelectorAll("a[data-ending]")) {
      link.href = address(card, link.dataset.ending, options.language);
    }
    try {
      const { figure, picture } = await drawn(card, options);
      if (turn !== drawing) return;
      const image = dialog.querySelector("img");
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.text);
      image.alt = `${words.preview}: ${figure.layout.meta.title}`;
      image.width = picture.width;
      image.height = picture.height;
      image.classList.toggle("is-clear", options.transparent);
      say("");
    } catch {
      say(words.failed);
    }
  }

  async function copy() {
    try {
      const blob = drawn(card, chosen(), true).then(({ picture }) =>
        asBlob(picture, "png", chosen().scale));
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      say(words.copied);
    } catch {
      say(words.not_copied);
    }
  }

  function built(language) {
    const button = (name, act, kind) => {
      const made = make("button", { type: "button", class: kind || "btn btn-primary" }, words[name]);
      made.addEventListener("click", act);
      return made;
    };
    const file = (ending) =>
      make("a", { "data-ending": ending, class: "btn btn-outline-secondary", download: "" },
        words[ending]);
    const saved = (format) => () =>
      save(card, format, chosen()).catch(() => say(words.failed));
    const form = make("form", { class: "export-form" },
      choice("size", ["slide", "half", "full"].map((name) => [name, words[`size_${name}`]]), "slide"),
      choice("ground", ["white", "clear"].map((name) => [name, words[`ground_${name}`]]), "white"),
      choice("scale", ["1", "2", "3"].map((name) => [name, `${name}×`]), "2"),
      choice("language", ["zh", "en"].map((name) => [name, words[`language_${name}`]]), language));
    form.addEventListener("change", preview);
    const made = make("dialog", { class: "export-dialog", "aria-labelledby": "export-title" },
      make("div", { class: "export-head" },
        make("h2", { id: "export-title" }, words.title),
        button("close", () => dialog.close(), "btn btn-outline-secondary btn-sm")),
      form,
      make("p", { class: "export-table muted", hidden: true }, words.table),
      make("div", { class: "export-preview" }, make("img", { alt: words.preview })),
      make("div", { class: "buttons" },
        button("png", saved("png")), button("svg", saved("svg")), button("copy", copy),
        file("csv"), file("xlsx"), file("pptx")),
      make("p", { class: "export-message form-message", role: "status" }));
    made.addEventListener("close", () => opener && opener.focus());
    return made;
  }

  function open(of, button) {
    const carrier = document.getElementById("export-words");
    words = JSON.parse(carrier.dataset.words);
    if (dialog) dialog.remove();
    card = of;
    opener = button;
    dialog = built(carrier.dataset.language);
    dialog.querySelector(".export-table").hidden = !of.classList.contains("kind-table");
    document.body.append(dialog);
    dialog.showModal();
    preview();
  }

  window.pictureExport = { open, save, address, fileName };
})();
