// Repeats requests when the connection is lost, and says so in words until it is back. Requests that
// read are repeated by themselves; those that may have written something are not.
//
// Dash sends its requests through the browser's fetch and has no hook for one that fails
// (docs/decisions/0010-wrapper-around-fetch.md): so this one wrapper stands around fetch. It touches
// requests of Dash's callbacks and what came with the document; every other goes straight through.
(function () {
  "use strict";

  const CALLBACKS = "_dash-update-component";
  const BUSY = [502, 503, 504];
  // Pages, their panels, the list of a search, and the clock that asks how far a job is.
  const READING = [
    /^\{"output":"[^}]*\\"type\\":\\"panel\\"/, /^\{"output":"\.\._pages_content/,
    /^\{"output":"indicator-list/, /"changedPropIds":\["[a-z-]*\.n_intervals"\]/,
  ];
  const FIRST = 1000; // milliseconds until the first new attempt, then twice as long each time
  const LONGEST = 15000;
  const SHOWN = 4000; // milliseconds for which "back" stays
  const lost = new Set();
  let hiding = 0;

  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const isOver = (error) => error.name === "AbortError"; // the page gave it up itself

  function say(name) {
    const place = document.getElementById("connection");
    if (!place) return;
    clearTimeout(hiding);
    const language = document.documentElement.lang === "en" ? "en" : "zh";
    place.textContent = name ? place.getAttribute("data-" + name + "-" + language) : "";
  }

  function isBack(attempt) {
    lost.delete(attempt);
    if (lost.size) return;
    say("back");
    hiding = setTimeout(() => say(""), SHOWN);
  }

  // Calls ``ask`` until it answers and the server is not busy, waiting longer each time.
  async function persist(ask) {
    for (let time = FIRST; ; time = Math.min(time * 2, LONGEST)) {
      await wait(time);
      try {
        const answer = await ask();
        if (!BUSY.includes(answer.status)) return answer;
      } catch (error) {
        if (isOver(error)) throw error;
      }
    }
  }

  // The answer, or null where the connection failed; ``busy`` is an answer of a server that is.
  async function once(ask) {
    try {
      return await ask();
    } catch (error) {
      if (isOver(error)) throw error;
      return null;
    }
  }

  // Says ``name`` until ``back`` is kept, and then that the connection is back.
  function sayUntil(back, name) {
    const attempt = {};
    lost.add(attempt);
    say(name);
    back.then(() => isBack(attempt), () => lost.delete(attempt));
  }

  // Leads to sign-in where the session has ended, and says it where somebody has no right to an act
  // or has asked too much within a minute.
  async function sayRefusal(answer) {
    if (answer.status === 401) {
      const here = window.place.inside(location.pathname) + location.search;
      location.assign(window.place.outside("/sign-in?lang=") + document.documentElement.lang.slice(0, 2) + "&next=" + encodeURIComponent(here));
    }
    if (![403, 429].includes(answer.status)) return;
    const place = document.getElementById("failure");
    const said = await answer.clone().json().catch(() => ({}));
    if (place && said.error) place.textContent = said.error;
  }

  const isCallback = (input) => String(input.url || input).includes(CALLBACKS);
  const isRead = (options) => READING.some((pattern) => pattern.test(String((options && options.body) || "")));

  // A function as ``fetch`` that survives a lost connection in requests of Dash's callbacks.
  function retrying(fetch) {
    return async function (input, options) {
      if (!isCallback(input)) return fetch(input, options);
      const answer = await once(() => fetch(input, options));
      if (answer) sayRefusal(answer);
      if (answer && !BUSY.includes(answer.status)) return answer;
      if (isRead(options)) {
        const again = persist(() => fetch(input, options));
        sayUntil(again, answer ? "busy" : "trying");
        return again;
      }
      sayUntil(persist(() => fetch(window.place.outside("/healthz"), { cache: "no-store" })), "unsure");
      if (answer) return answer;
      throw new TypeError("connection lost");
    };
  }

  const ask = retrying(window.fetch.bind(window));
  window.connection = { retrying };
  window.fetch = async (input, options) => window.firstAnswers.to(input, options) || ask(input, options);
})();
