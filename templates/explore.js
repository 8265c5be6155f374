// Sorting, filtering and stepping for the Explore pages. Adds its controls itself, so that without scripts there are
// none that do nothing. Reads only the page that it stands on.
"use strict";
(() => {
  const region = document.getElementById("explore");
  const table = region.querySelector("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // The number of a cell as printed (true minus, thousands, "—" for none), or its text.
  function key(row, column) {
    const text = row.cells[column].textContent.trim();
    if (text === "—") return null;
    const number = Number(text.replace("−", "-").replace("+", "").replaceAll(",", ""));
    return Number.isNaN(number) ? text.toLowerCase() : number;
  }

  function compare(first, second) {
    if (typeof first === typeof second) return first < second ? -1 : first > second ? 1 : 0;
    return typeof first === "number" ? -1 : 1;
  }

  // Undefined values come last in both directions; ties keep the recording's order.
  function sort(column, direction) {
    const keys = new Map(rows.map(row => [row, key(row, column)]));
    const place = new Map(rows.map((row, index) => [row, index]));
    const sorted = rows.slice().sort((a, b) => {
      const [first, second] = [keys.get(a), keys.get(b)];
      if (first === null || second === null) {
        return (first === null) - (second === null) || place.get(a) - place.get(b);
      }
      return direction * compare(first, second) || place.get(a) - place.get(b);
    });
    body.append(...sorted);
  }

  // The header cells of single columns, by column: those of two rows high come first, then the second row's.
  const [upper, lower] = table.tHead.rows;
  const heads = Array.from(upper.cells).filter(cell => cell.rowSpan === 2)
    .concat(Array.from(lower.cells));
  const models = Array.from(upper.cells).filter(cell => cell.colSpan > 1)
    .map(cell => ({ name: cell.textContent.trim(), columns: cell.colSpan }));
  // Columns before the models': the image, its class and, where models are compared, Δ.
  const own = heads.length - models.reduce((sum, model) => sum + model.columns, 0);
  const delta = heads.findIndex(head => head.classList.contains("delta"));
  models.reduce((first, model) => { model.first = first; return first + model.columns; }, own);
  heads.forEach((head, column) => {
    const name = head.textContent;
    const model = models.find(m => column >= m.first && column < m.first + m.columns);
    const button = element("button", { type: "button", className: "sort" }, name);
    button.setAttribute("aria-label", "Sort by " + (model ? model.name + " " : "") + name);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      sort(column, up ? 1 : -1);
      say();
    });
    head.replaceChildren(button);
  });

  const words = element("input", { type: "search", id: "explore-words", autocomplete: "off" });
  const kinds = element("select", { id: "explore-kind" },
    ...[["all", "All"],
      ...models.map((model, index) =>
        [String(index), models.length > 1 ? model.name + " wrong" : "Wrong"]),
      ...(models.length > 1 ? [["differ", "Right with some models only"]] : []),
      ...(delta < 0 ? [] : [["down", "Δ below 0"]])]
      .map(([value, text]) => element("option", { value }, text)));
  const status = element("p", { className: "note", id: "explore-status" });
  status.setAttribute("role", "status");
  const controls = element("form", { className: "controls" },
    element("label", { htmlFor: words.id }, "Filter "), words, " ",
    element("label", { htmlFor: kinds.id }, "Show "), kinds);
  controls.addEventListener("submit", event => event.preventDefault());

  function isWrong(row, model) {
    return row.cells[model.first].querySelector(".wrong") !== null;
  }

  function isShown(row) {
    const wanted = words.value.trim().toLowerCase();
    if (wanted && !row.textContent.toLowerCase().includes(wanted)) return false;
    switch (kinds.value) {
      case "all": return true;
      case "differ": return new Set(models.map(model => isWrong(row, model))).size > 1;
      case "down": return typeof key(row, delta) === "number" && key(row, delta) < 0;
      default: return isWrong(row, models[Number(kinds.value)]);
    }
  }

  const visible = () => Array.from(body.rows).filter(row => !row.hidden);

  let chosen = null;
  const picture = element("img", { className: "tiles", alt: "" });
  const title = element("h2", {});
  const link = element("a", {}, "its place in the gallery");
  const previous = element("button", { type: "button" }, "← Previous");
  const next = element("button", { type: "button" }, "Next →");
  const viewer = element("section", { className: "viewer", hidden: true },
    title, element("p", {}, previous, " ", next, " ", link), picture);
  title.id = "explore-title";
  viewer.setAttribute("aria-labelledby", title.id);

  function choose(row) {
    if (chosen) chosen.removeAttribute("aria-current");
    chosen = row || null;
    viewer.hidden = !chosen;
    if (!chosen) return;
    chosen.setAttribute("aria-current", "true");
    const anchor = chosen.cells[0].querySelector("a");
    const number = anchor.textContent;
    title.textContent = "Image " + number + ", class " + chosen.cells[1].textContent;
    picture.src = "sheets/" + number + ".png";
    picture.alt = "Image " + number + ": input and maps over it at every exit" +
      (models.length > 1 ? ", rows from the top: " + models.map(m => m.name).join(", ") : "") +
      (delta < 0 ? "" : "; Δ " + chosen.cells[delta].textContent);
    link.setAttribute("href", anchor.getAttribute("href"));
    say();
  }

  function step(by) {
    const list = visible();
    if (!list.length) return;
    const at = list.indexOf(chosen);
    choose(list[at < 0 ? (by > 0 ? 0 : list.length - 1)
      : Math.min(Math.max(at + by, 0), list.length - 1)]);
  }

  function say() {
    const list = visible();
    const at = list.indexOf(chosen);
    status.textContent = list.length + " of " + rows.length + " images shown" +
      (at < 0 ? "." : "; the picture shows number " + (at + 1) + " of them.");
  }

  function filter() {
    for (const row of rows) row.hidden = !isShown(row);
    if (chosen && chosen.hidden) choose(visible()[0]);
    say();
  }

  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  words.addEventListener("input", filter);
  kinds.addEventListener("change", filter);
  document.addEventListener("keydown", event => {
    const inControl = event.target.closest("input, select, textarea");
    if (inControl || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowRight" ? 1 : -1);
  });

  region.before(controls, status, viewer);
  choose(visible()[0]);
})();
