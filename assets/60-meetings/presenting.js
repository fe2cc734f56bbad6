// Meeting mode: one slide at a time by keys or page-turner, black, spotlight, drawing, timer,
// questions, drill-down. Everything works without a mouse; nothing is asked of another host.
(function () {
  "use strict";

  const STARTED = "stage-started";
  let stage = null; // the stage that is shown
  let shown = 0;
  let paused = 0; // milliseconds at which the timer was stopped; 0 while it runs
  let pen = null;

  const part = (kind) => stage.querySelector("." + kind);
  const slides = () => [...stage.querySelectorAll(":scope > .slide")];
  const dialogs = () => [...stage.querySelectorAll("[data-dialog]")];
  const current = () => slides()[shown - 1];

  // Charts are drawn for a desk and enlarged as a whole, so that their smallest letters are as large
  // as the text around them.
  function scale() {
    if (!stage) return;
    const unit = Math.min(window.innerHeight / 1080, window.innerWidth / 720);
    const factor = Math.max((unit * 28) / 12, 1);
    stage.style.setProperty("--factor", factor.toFixed(3));
    stage.querySelectorAll(".js-plotly-plot").forEach((graph) => {
      if (window.Plotly && graph.offsetParent) window.Plotly.Plots.resize(graph);
    });
  }

  // On a telephone names at the right of a plot would leave the lines no room: they stand below it.
  const NAMED = 0.3; // of a figure's width
  const ROW = 17; // pixels a name takes
  const HAN = "[\\u2e80-\\uffff]";

  function narrow() {
    const graph = current() && current().querySelector(".js-plotly-plot");
    if (!graph || !graph.layout || !window.Plotly) return;
    const { annotations = [], shapes = [], margin } = graph.layout;
    const isEnd = (one) => one.xref === "paper" && one.x === 1 && one.xanchor === "left";
    const isLead = (one) => one.xref === "paper" && one.x1 === 1 && one.yref === "y" && one.opacity;
    const ends = annotations.filter(isEnd);
    if (window.innerWidth > 600 || ends.length < 2 || margin.r < NAMED * graph.clientWidth) return;
    const joined = (text) =>
      text.replace(new RegExp("(" + HAN + ")<br>(?=" + HAN + ")", "g"), "$1").replaceAll("<br>", " ");
    const below = (one, at) => ({
      ...one,
      text: "● " + joined(one.text),
      x: 0,
      xshift: 0,
      y: 0,
      yref: "paper",
      yanchor: "top",
      yshift: -(margin.b + at * ROW),
    });
    const last = graph.data[0] && graph.data[0].x ? graph.data[0].x.length - 1 : 0;
    const inside = (one) =>
      one.xref === "x" && one.xanchor === "left" && one.x > last / 2
        ? { ...one, xanchor: "right", align: "right", xshift: -(one.xshift || 0) }
        : one;
    window.Plotly.relayout(graph, {
      annotations: [...annotations.filter((one) => !isEnd(one)).map(inside), ...ends.map(below)],
      shapes: shapes.filter((one) => !isLead(one)),
      "margin.r": 20,
      "margin.b": margin.b + ends.length * ROW,
    });
  }

  function show(number) {
    const all = slides();
    shown = Math.min(Math.max(number, 1), all.length);
    all.forEach((slide, at) => slide.classList.toggle("is-on", at === shown - 1));
    part("stage-number").textContent = shown + " / " + all.length;
    const url = new URL(window.location.href);
    if (Number(url.searchParams.get("page")) !== shown) {
      url.searchParams.set("page", String(shown));
      ["at", "on"].forEach((name) => url.searchParams.delete(name));
      window.history.replaceState(window.history.state, "", url);
    }
    wipe();
    fill();
    narrow();
  }

  // ---- the speaker's own window: note, next slide, timer; its keys turn the slides ----

  let speaker = null;

  function line(kind, text, size) {
    const made = speaker.document.createElement(kind);
    made.textContent = text;
    Object.assign(made.style, { fontSize: size, margin: "0 0 0.4em", whiteSpace: "pre-line" });
    return made;
  }

  function fill() {
    if (!speaker || speaker.closed) return;
    const words = JSON.parse(stage.dataset.speaker);
    const all = slides();
    const next = all[shown];
    const page = speaker.document;
    page.title = words.window;
    page.body.replaceChildren(
      line("p", shown + " / " + all.length + "  " + part("stage-timer").textContent, "20px"),
      line("h1", words.now + ": " + current().dataset.title, "26px"),
      line("p", words.note + ": " + (current().dataset.note || words.no_note), "30px"),
      line("h2", next ? words.next + ": " + next.dataset.title : words.last, "22px"),
    );
  }

  function openSpeaker() {
    const words = JSON.parse(stage.dataset.speaker);
    speaker = window.open("", "speaker", "popup,width=720,height=520");
    if (!speaker) return window.alert(words.refused);
    speaker.document.documentElement.lang = document.documentElement.lang;
    Object.assign(speaker.document.body.style, { fontFamily: "sans-serif", padding: "24px" });
    speaker.document.onkeydown = (event) => {
      if (!isSilent(event)) act(event, event.key.toLowerCase());
    };
    fill();
  }

  // ---- timer ----

  function started() {
    const since = Number(sessionStorage.getItem(STARTED));
    if (since) return since;
    sessionStorage.setItem(STARTED, String(Date.now()));
    return Date.now();
  }

  function tick() {
    if (!stage || !stage.isConnected) return;
    // A clock that was set back, or a start kept from before, gives nothing, never less.
    const seconds = Math.max(0, Math.floor(((paused || Date.now()) - started()) / 1000));
    const two = (value) => String(value).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const minutes = two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    part("stage-timer").textContent = hours ? hours + ":" + minutes : minutes;
    fill();
    narrow(); // a figure may be drawn later than its slide
  }
  setInterval(tick, 1000);

  function pause() {
    if (paused) sessionStorage.setItem(STARTED, String(started() + Date.now() - paused));
    paused = paused ? 0 : Date.now();
    part("stage-timer").classList.toggle("is-paused", Boolean(paused));
  }

  // ---- black, spotlight, drawing ----

  const toggle = (kind) => (part(kind).hidden = !part(kind).hidden);

  function light() {
    toggle("stage-light");
  }

  function follow(event) {
    if (!stage) return;
    part("stage-light").style.setProperty("--x", event.clientX + "px");
    part("stage-light").style.setProperty("--y", event.clientY + "px");
  }

  function sheet() {
    let canvas = stage.querySelector("canvas.stage-drawing");
    if (canvas) return canvas;
    canvas = document.createElement("canvas");
    canvas.className = "stage-drawing";
    canvas.hidden = true;
    canvas.setAttribute("aria-hidden", "true");
    canvas.addEventListener("pointerdown", (event) => {
      pen = canvas.getContext("2d");
      Object.assign(pen, { strokeStyle: getComputedStyle(stage).getPropertyValue("--accent").trim(), lineWidth: 6, lineCap: "round" });
      pen.beginPath();
      pen.moveTo(event.offsetX, event.offsetY);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!pen) return;
      pen.lineTo(event.offsetX, event.offsetY);
      pen.stroke();
    });
    canvas.addEventListener("pointerup", () => (pen = null));
    stage.append(canvas);
    return canvas;
  }

  function draw() {
    const canvas = sheet();
    const first = !canvas.width || canvas.dataset.size !== innerWidth + "x" + innerHeight;
    if (first) {
      canvas.width = window.innerWidth;
      canvas.height = window.innerHeight;
      canvas.dataset.size = innerWidth + "x" + innerHeight;
    }
    canvas.hidden = !canvas.hidden;
  }

  function wipe() {
    const canvas = stage.querySelector("canvas.stage-drawing");
    if (canvas) canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
  }

  // ---- dialogs ----

  function openDialog(name) {
    dialogs().forEach((dialog) => (dialog.hidden = dialog.dataset.dialog !== name || !dialog.hidden));
    const open = dialogs().find((dialog) => !dialog.hidden);
    if (!open) return stage.focus();
    (open.querySelector("textarea, input, a") || open).focus();
  }

  function ask() {
    const about = JSON.parse(current().dataset.asks);
    window.dash_clientside.set_props("ask-about", { data: about });
    window.dash_clientside.set_props("ask-message", { children: "" });
    openDialog("ask");
  }

  function ways() {
    const list = stage.querySelector("[data-dialog=ways] ul");
    const links = JSON.parse(current().dataset.ways).map(([label, address]) => {
      const line = document.createElement("li");
      const href = window.place.outside(address);
      line.append(Object.assign(document.createElement("a"), { href, textContent: label }));
      return line;
    });
    if (!links.length) return;
    links.forEach((line) => line.addEventListener("click", () => openDialog("")));
    list.replaceChildren(...links);
    openDialog("ways");
  }

  function leave() {
    const open = dialogs().find((dialog) => !dialog.hidden);
    if (open) return openDialog("");
    if (!part("stage-black").hidden) return toggle("stage-black");
    const canvas = stage.querySelector("canvas.stage-drawing");
    if (canvas && !canvas.hidden) return (canvas.hidden = true);
    if (!part("stage-light").hidden) return light();
    sessionStorage.removeItem(STARTED);
    if (document.fullscreenElement) document.exitFullscreen();
    window.location.assign(window.place.outside(stage.dataset.leave));
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  function up() {
    if (current().dataset.up) window.location.assign(window.place.outside(current().dataset.up));
  }

  const next = () => show(shown + 1);
  const back = () => show(shown - 1);
  const ACTS = {
    arrowright: next, arrowdown: next, pagedown: next, " ": next, arrowleft: back, arrowup: back,
    pageup: back, home: () => show(1), end: () => show(slides().length), f: full, l: light, d: draw,
    b: () => toggle("stage-black"), ".": () => toggle("stage-black"), c: () => wipe(), n: ask,
    g: ways, u: up, v: openSpeaker, t: pause, "?": () => openDialog("keys"),
    r: () => { sessionStorage.removeItem(STARTED); paused = 0; tick(); },
  };

  function present() {
    const url = new URL(window.location.href);
    const named = /^\/(topic|indicators|street|meeting)\/(?!questions)[^/]+$/;
    const path = window.place.inside(url.pathname);
    const can = path === "/" || named.test(path);
    if (can) url.searchParams.set("present", "1");
    window.location.assign(can ? url : window.place.outside("/meeting") + url.search);
  }

  const within = (event, selector) => event.target.closest && event.target.closest(selector);
  const isWritten = (event) => within(event, "input, textarea, select");

  // Whether a key means nothing to us: it is part of a chord, keys are switched off, a dialog is open.
  function isSilent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
    const isLetter = event.key.length === 1 && event.key !== " ";
    if (isLetter && window.singleKeys && !window.singleKeys.on()) return true;
    return Boolean(document.querySelector("dialog[open]"));
  }

  // A key on the stage: Esc always, every other where nothing is typed and no dialog is open.
  function act(event, key) {
    if (key === "escape") {
      event.preventDefault();
      leave();
      return;
    }
    const open = dialogs().find((dialog) => !dialog.hidden); // its links and buttons have their own keys
    if (isWritten(event) || (open && key !== "?") || !ACTS[key]) return;
    event.preventDefault();
    if (key !== "b" && key !== ".") part("stage-black").hidden = true;
    ACTS[key]();
  }

  document.addEventListener("keydown", (event) => {
    if (isSilent(event)) return;
    const key = event.key.toLowerCase();
    if (stage && stage.isConnected) {
      act(event, key);
      return;
    }
    const listed = within(event, "[role=combobox], .dash-dropdown");
    if (key === "p" && !event.shiftKey && !isWritten(event) && !listed) present();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-action=present]")) present();
  });
  document.addEventListener("pointermove", follow);
  window.addEventListener("resize", scale);

  // Called when the server has answered: a question that was kept has left its field empty.
  function asked(said, text) {
    if (said && !text && stage && stage.isConnected) setTimeout(() => openDialog(""), 900);
    return window.dash_clientside.no_update;
  }
  window.dash_clientside = Object.assign({}, window.dash_clientside, { meetings: { asked } });

  function begin(main) {
    stage = main;
    paused = 0;
    document.body.classList.add("is-presenting");
    follow({ clientX: window.innerWidth / 2, clientY: window.innerHeight / 2 });
    scale();
    show(Number(stage.dataset.start));
    tick();
    stage.focus({ preventScroll: true });
  }

  new MutationObserver(() => {
    const main = document.querySelector("main.stage");
    if (main && main !== stage) begin(main);
    if (!main && stage) {
      stage = null;
      document.body.classList.remove("is-presenting");
    }
  }).observe(document, { subtree: true, childList: true });
})();
