// Idioms as tabs, and parts that open one by one. Without scripts, and on paper, all of it is open.
(() => {
  "use strict";
  addEventListener("DOMContentLoaded", () => {
    const reveals = [...document.querySelectorAll("details.reveal")];
    const idioms = [...document.querySelectorAll("section.idiom")];
    const tabs = new Map();

    const show = id => {
      for (const idiom of idioms) {
        const shown = idiom.id === id;
        idiom.hidden = !shown;
        const tab = tabs.get(idiom.id);
        tab.setAttribute("aria-selected", String(shown));
        tab.tabIndex = shown ? 0 : -1;
      }
      for (const link of document.querySelectorAll(".turn a")) {
        link.hash = id; // a lesson without this idiom begins with its own first one
      }
    };
    const choose = id => {
      show(id);
      history.replaceState(null, "", "#" + id);
    };
    if (idioms.length > 1) {
      const list = document.createElement("div");
      list.className = "tabs";
      list.setAttribute("role", "tablist");
      list.setAttribute("aria-label", "Written twice");
      for (const idiom of idioms) {
        const tab = document.createElement("button");
        tab.type = "button";
        tab.textContent = idiom.dataset.tab;
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-controls", idiom.id);
        tab.addEventListener("click", () => choose(idiom.id));
        idiom.setAttribute("role", "tabpanel");
        tabs.set(idiom.id, tab);
        list.append(tab);
      }
      list.addEventListener("keydown", event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step) {
          const now = idioms.findIndex(idiom => !idiom.hidden);
          const next = idioms[(now + step + idioms.length) % idioms.length];
          choose(next.id);
          tabs.get(next.id).focus();
        }
      });
      idioms[0].before(list);
      show(idioms[0].id);
    }
    for (const reveal of reveals) {
      reveal.open = false;
    }

    // A link to a line or a part opens what it stands in.
    const go = () => {
      const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
      if (target) {
        const idiom = target.closest("section.idiom");
        if (idiom && tabs.size > 0) {
          show(idiom.id);
        }
        for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) {
          part.open = true;
        }
        if (target !== idiom) {
          target.scrollIntoView({ block: "center" });
        }
      }
    };
    addEventListener("hashchange", go);
    go();

    let before;
    addEventListener("beforeprint", () => {
      before = [...reveals.map(reveal => [reveal, "open", reveal.open]), ...idioms.map(idiom => [idiom, "hidden", idiom.hidden])];
      reveals.forEach(reveal => { reveal.open = true; });
      idioms.forEach(idiom => { idiom.hidden = false; });
    });
    addEventListener("afterprint", () => before.forEach(([element, property, value]) => { element[property] = value; }));
  });
})();
