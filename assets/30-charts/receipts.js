// The receipt of a card's chart, for pictures that leave the page.
(function () {
  "use strict";

  // The address of what a card shows: its own downloads name it in full.
  function queryOf(card) {
    const link = card.querySelector(`a[href^='${window.place.outside("/export/")}']`);
    return link ? new URL(link.href).search : window.location.search;
  }

  // What a session's changes are sent with; "" where nobody signs in.
  function callToken() {
    return document.cookie.match(/(?:^|; )_csrf_token=([0-9a-f]+)/)?.[1] ?? "";
  }

  // The code of a card's chart, "K7Q2-M4XD"; "" where none can be had.
  async function receiptOf(card) {
    const asked = { ref: card.dataset.ref, query: queryOf(card) };
    try {
      const answer = await fetch(window.place.outside("/api/receipts"), {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": callToken() },
        body: JSON.stringify(asked),
      });
      return answer.ok ? (await answer.json()).code : "";
    } catch {
      return "";
    }
  }

  window.receipts = { of: receiptOf };
})();
