// Tables of rows under a heading.

import { h } from "./dom.js";

/**
 * Make one; nothing where there are no rows. A cell may be a text, an element, or a list of both. On a narrow screen each
 * row is a list of what its columns say, under their names.
 */
export function listed(title, columns, rows, hint = "") {
  if (!rows.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, title),
    hint && h("p", { class: "hint" }, hint),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      h("table", { class: "listed" }, h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, n) => h("td", { "data-column": columns[n] }, h("div", {}, cell))))))),
    ),
  );
}
