// Idioms as tabs, parts that open one by one, and runs step by step. Without scripts, and on paper, all of it is open.
(() => {
  "use strict";

  /** Buttons and arrow keys that show one step more or less of a recorded run. */
  const stepThrough = timeline => {
    const rows = [...timeline.querySelectorAll("tbody tr")];
    const stepper = document.createElement("div");
    stepper.className = "stepper";
    stepper.setAttribute("role", "group");
    stepper.setAttribute("aria-label", "Steps of the run");
    const said = document.createElement("span");
    said.setAttribute("aria-live", "polite");
    let now = 0;
    const go = to => {
      now = Math.max(0, Math.min(rows.length - 1, to));
      rows.forEach((row, i) => {
        row.classList.toggle("later", i > now);
        row.classList.toggle("now", i === now);
      });
      said.textContent = now === rows.length - 1 ? "the end" : "step " + (now + 1) + " of " + (rows.length - 1);
      back.disabled = now === 0;
      on.disabled = now === rows.length - 1;
    };
    const button = (text, to) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", () => go(to()));
      stepper.append(made);
      return made;
    };
    const back = button("← Back", () => now - 1);
    const on = button("Next →", () => now + 1);
    button("All", () => rows.length - 1);
    stepper.append(said);
    timeline.addEventListener("keydown", event => {
      const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        go(to);
      }
    });
    timeline.prepend(stepper);
    go(0);
  };

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
    document.querySelectorAll(".timeline").forEach(stepThrough);

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
