// The controls of the list of targets turn to the address of their choice.
(function () {
  "use strict";

  const ALL = "all";

  function turnToTargets(area, period, topic, owner, children, drawn) {
    const chosen = { area, period, topic, owner, children: Boolean(children) };
    const changed = drawn && Object.keys(chosen).some((name) => chosen[name] !== drawn[name]);
    if (!changed) return window.dash_clientside.no_update;
    const params = new URLSearchParams(window.location.search);
    ["target", "at"].forEach((name) => params.delete(name));
    params.set("area", area);
    params.set("period", period);
    // What one area's targets are of and who answers for them says nothing about another's.
    if (area !== drawn.area) ["period", "topic", "owner", "status"].forEach((n) => params.delete(n));
    else ["topic", "owner"].forEach((name) => {
      if (chosen[name] === ALL) params.delete(name);
      else params.set(name, chosen[name]);
    });
    if (chosen.children) params.set("children", "1");
    else params.delete("children");
    window.history.pushState({}, "", `${window.location.pathname}?${params}`);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    return window.dash_clientside.no_update;
  }

  function turnTo(address) {
    if (!address) return window.dash_clientside.no_update;
    window.history.pushState({}, "", window.place.outside(address));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    targets: { turnTo, turnToTargets },
  });
})();
