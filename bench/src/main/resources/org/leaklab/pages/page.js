// Two things for every page: the choice of a theme, and tables that sort. A page says all it has to say without them.
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "leaklab-theme";

  const stored = () => {
    try { return localStorage.getItem(KEY); } catch { return null; } // forbidden for some files
  };
  const apply = theme => {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    document.dispatchEvent(new Event("themechange"));
  };
  const asked = new URLSearchParams(location.search).get("theme"); // ?theme=dark, for a projector or a picture
  apply(asked ?? stored());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(root.dataset.theme));

  // On paper everything is light, also what scripts have drawn.
  let before;
  addEventListener("beforeprint", () => { before = root.dataset.theme; apply("light"); });
  addEventListener("afterprint", () => apply(before));

  const chooser = () => {
    const choices = document.querySelector(".theme");
    choices.hidden = false;
    for (const input of choices.querySelectorAll("input")) {
      input.checked = input.value === (root.dataset.theme ?? "auto");
      input.addEventListener("change", () => {
        try { localStorage.setItem(KEY, input.value); } catch { /* then it is forgotten with the page */ }
        apply(input.value);
      });
    }
  };

  const value = cell => cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  const inOrder = (one, other) => {
    const a = Number.parseFloat(one), b = Number.parseFloat(other);
    const numbers = one !== "" && other !== "" && !Number.isNaN(a) && !Number.isNaN(b);
    return numbers ? a - b : one.localeCompare(other, "en", { numeric: true });
  };
  const sort = (table, column, heading) => {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentElement.children) {
      other.removeAttribute("aria-sort");
    }
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map(row => [value(row.cells[column]), row]);
    // What has no value stays at the end in either direction.
    rows.sort(([a], [b]) => (a === "") - (b === "") || (descending ? inOrder(b, a) : inOrder(a, b)));
    body.append(...rows.map(([, row]) => row));
  };
  const sortable = table => {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, column, heading));
    });
  };

  addEventListener("DOMContentLoaded", () => {
    chooser();
    document.querySelectorAll("table.sortable").forEach(sortable);
  });
})();
