// A blueprint's facts as fields, and the form as a brief.

import { h } from "./dom.js";

/** Make a field for each fact that the blueprint knows, and lines for others. */
export function fields(blueprint) {
  const facts = Object.entries(blueprint.facts);
  const required = facts.filter(([, spec]) => spec.required).map(factField);
  const optional = facts.filter(([, spec]) => !spec.required).map(factField);
  return [
    facts.length > 0 && h("fieldset", {}, h("legend", {}, "Facts"), required, optional.length > 0 && (required.length ? h("details", {}, h("summary", {}, `${optional.length} more that help`), optional) : optional)),
    h("div", { class: "field", "data-field": "facts" }, h("label", { for: "more" }, facts.length ? "Further facts" : "Facts"), h("textarea", { id: "more", name: "more", rows: 3, placeholder: "client: Harbour Lending" }), h("p", { class: "hint" }, "One a line: name, colon, value.")),
  ];
}

function factField([name, spec]) {
  const id = `fact-${name}`;
  return h(
    "div",
    { class: "field", "data-field": `facts.${name}` },
    h("label", { for: id }, name.replaceAll("_", " "), spec.required && h("span", { class: "required" }, " required")),
    h("input", { id, name: `fact:${name}`, autocomplete: "off", placeholder: spec.default ?? "" }),
    spec.description && h("p", { class: "hint" }, spec.description),
  );
}

/** Read the form as a brief whose sources name the files sent with it. */
export function briefOf(form, sources) {
  const data = new FormData(form);
  const facts = {};
  for (const line of (data.get("more") || "").split("\n")) {
    const [, name, value] = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/.exec(line) || [];
    if (name) facts[name] = value;
  }
  for (const [name, value] of data) if (name.startsWith("fact:") && value.trim()) facts[name.slice(5)] = plain(value.trim());
  const approve = data.getAll("approve");
  return { blueprint: data.get("blueprint"), title: data.get("title"), facts, sources: sources.map((file) => file.name), ...(approve.length ? { options: { approve } } : {}) };
}

/** A number or a truth value where that is what was typed, as it would be in YAML. */
function plain(text) {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return { true: true, false: false }[text] ?? text;
}
