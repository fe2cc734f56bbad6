// Turns the pages of the wall screen, and reads its figures anew while the server answers.
(function () {
  "use strict";

  let seconds = 0;

  function turn(wall) {
    const faces = [...wall.querySelectorAll(":scope > .wall")];
    const every = Number(wall.dataset.seconds);
    if (every < 1 || faces.length < 2 || seconds % every) return;
    const shown = Math.floor(seconds / every) % faces.length;
    faces.forEach((face, place) => face.classList.toggle("is-shown", place === shown));
    wall.classList.add("is-turning");
  }

  async function refresh(wall) {
    const every = Number(wall.dataset.refresh) * 60;
    if (every < 1 || seconds % every) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) location.reload();
    } catch {
      // Without a connection the last figures stay.
    }
  }

  function tick() {
    const wall = document.querySelector(".wall-page");
    if (!wall) return;
    seconds += 1;
    turn(wall);
    refresh(wall);
  }

  if (typeof document !== "undefined") setInterval(tick, 1000);
})();
