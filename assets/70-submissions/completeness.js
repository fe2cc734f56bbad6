// The controls of the board of submissions turn to the address of their choice.
(function () {
  "use strict";

  const DEFAULTS = { form: "all", span: "last" };

  function turnToBoard(area, form, span, drawn) {
    const chosen = { area, form, span };
    const changed = drawn && Object.keys(chosen).some((name) => chosen[name] !== drawn[name]);
    if (!changed) return window.dash_clientside.no_update;
    const params = new URLSearchParams(window.location.search);
    params.delete("cell");
    // A period of one area says nothing about another one, whose figures may be of other years.
    if (area !== drawn.area) ["period", "form"].forEach((name) => params.delete(name));
    Object.keys(chosen).forEach((name) => {
      const stays = name !== "form" || area === drawn.area;
      if (!stays || chosen[name] === DEFAULTS[name]) params.delete(name);
      else params.set(name, chosen[name]);
    });
    window.history.pushState({}, "", `${window.location.pathname}?${params}`);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    completeness: { turnToBoard },
  });
})();
