// A connection that is lost while the page asks for something: said in words, tried again, said when
// it is back. What only reads is asked again by itself; what may have been written is not.
(function () {
  "use strict";

  const ASKED = "_dash-update-component";
  const BUSY = [502, 503, 504];
  // Pages, their panels, the list of a search, and the clock that asks how far a job is.
  const READING = [
    /^\{"output":"[^}]*\\"type\\":\\"panel\\"/, /^\{"output":"\.\._pages_content/,
    /^\{"output":"indicator-list/, /"changedPropIds":\["[a-z-]*\.n_intervals"\]/,
  ];
  const FIRST = 1000; // milliseconds until the first new attempt, then twice as long each time
  const LONGEST = 15000;
  const ask = window.fetch.bind(window);
  const lost = new Set();
  let gone = 0;

  const wait = (time) => new Promise((done) => setTimeout(done, time));

  function notice() {
    return document.getElementById("connection");
  }

  function say(name) {
    const place = notice();
    if (!place) return;
    clearTimeout(gone);
    const language = document.documentElement.lang === "en" ? "en" : "zh";
    place.textContent = name ? place.getAttribute("data-" + name + "-" + language) : "";
  }

  function isBack(attempt) {
    lost.delete(attempt);
    if (lost.size) return;
    say("back");
    gone = setTimeout(() => say(""), 4000);
  }

  // Until the server answers at all; a page that is left takes this with it.
  async function untilBack(attempt) {
    for (let time = FIRST; ; time = Math.min(time * 2, LONGEST)) {
      await wait(time);
      try {
        const answer = await ask("/healthz", { cache: "no-store" });
        if (answer.ok) break;
      } catch {
        continue;
      }
    }
    isBack(attempt);
  }

  async function again(input, options, attempt) {
    for (let time = FIRST; ; time = Math.min(time * 2, LONGEST)) {
      await wait(time);
      try {
        const answer = await ask(input, options);
        if (BUSY.includes(answer.status)) continue;
        isBack(attempt);
        return answer;
      } catch (error) {
        if (error.name === "AbortError") throw error;
      }
    }
  }

  window.fetch = async function (input, options) {
    const address = typeof input === "string" ? input : input.url;
    if (!String(address).includes(ASKED)) return ask(input, options);
    let answer = null;
    try {
      answer = await ask(input, options);
      if (!BUSY.includes(answer.status)) return answer;
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
    const attempt = {};
    const body = String((options && options.body) || "");
    const reads = READING.some((one) => one.test(body));
    lost.add(attempt);
    say(reads ? (answer ? "busy" : "trying") : "unsure");
    if (reads) return again(input, options, attempt);
    untilBack(attempt);
    if (answer) return answer;
    throw new TypeError("connection lost");
  };
})();
