// A blueprint's facts as fields, and the form as a brief.

import { h } from "./dom.js";

/** The choice of a blueprint that is sent as a file. */
export const OWN = "(own)";
const SHOWN = 8; // facts that are not required and are shown at once

/** Make a field for each fact that the blueprint knows, the required ones first, and lines for others. */
export function fields(blueprint) {
  const facts = Object.entries(blueprint.facts);
  const required = facts.filter(([, spec]) => spec.required).map(factField);
  const optional = facts.filter(([, spec]) => !spec.required).map(factField);
  const folded = optional.length > SHOWN || required.length > 0;
  return [
    facts.length > 0 && h("fieldset", {}, h("legend", {}, "What is known"), required, folded && optional.length ? h("details", {}, h("summary", {}, `${optional.length} more that help`), optional) : optional),
    h(
      "details",
      { class: "field", "data-field": "facts", open: facts.length === 0 },
      h("summary", {}, facts.length ? "Further facts" : "Facts"),
      h("label", { for: "more", class: "hint" }, "One a line: name, colon, value."),
      h("textarea", { id: "more", name: "more", rows: 3, placeholder: "client: Harbour Lending" }),
    ),
  ];
}

function factField([name, spec]) {
  const id = `fact-${name}`;
  const said = spec.description?.replace(/\.$/, "") || name.replaceAll("_", " ");
  return h(
    "div",
    { class: "field", "data-field": `facts.${name}` },
    h("label", { for: id }, said, spec.required && h("span", { class: "required" }, " required")),
    h("input", { id, name: `fact:${name}`, autocomplete: "off", required: spec.required, placeholder: spec.default ?? "" }),
  );
}

/** What must be filled in and is not, as the server would name it. */
export function missing(form) {
  const found = [];
  if (!form.elements.title.value.trim()) found.push({ field: "title", problem: "Give the document a title" });
  for (const input of form.querySelectorAll("input[name^='fact:'][required]")) if (!input.value.trim() && !input.placeholder) found.push({ field: `facts.${input.name.slice(5)}`, problem: "Fill this in: the document cannot be written without it" });
  if (form.elements.blueprint.value === OWN && !form.elements.own.files.length) found.push({ field: "blueprint", problem: "Choose the file of your blueprint" });
  return found;
}

/** Read the form as a brief whose sources name the files sent with it. */
export function briefOf(form, files, leftOut) {
  const data = new FormData(form);
  const facts = {};
  for (const line of (data.get("more") || "").split("\n")) {
    const [, name, value] = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/.exec(line) || [];
    if (name) facts[name] = value;
  }
  for (const [name, value] of data) if (name.startsWith("fact:") && value.trim()) facts[name.slice(5)] = plain(value.trim());
  const chosen = data.get("blueprint");
  return { blueprint: chosen === OWN ? data.get("own").name : chosen, title: data.get("title"), facts, sources: files.map(({ name }) => name), options: optionsOf(data), left_out: leftOut };
}

function optionsOf(data) {
  const options = {};
  const approve = data.getAll("approve");
  if (approve.length) options.approve = approve;
  if (data.get("model")) options.model = data.get("model");
  if (data.get("template")?.size) options.template = data.get("template").name;
  for (const [name, value] of data) {
    if (!name.startsWith("option:") || !value) continue;
    const [key, part] = name.slice(7).split(".");
    if (part) options[key] = { ...options[key], [part]: Number(value) };
    else options[key] = Number(value);
  }
  return options;
}

/** Make what is sent: the brief, its sources, and the files that the form itself names: a blueprint, a Word template. */
export function bodyOf(form, brief, files) {
  const body = new FormData();
  body.append("brief", new Blob([JSON.stringify(brief)], { type: "application/json" }), "brief.json");
  for (const { name, file } of files) body.append("files", file, name);
  if (form.elements.blueprint.value === OWN) body.append("files", form.elements.own.files[0], brief.blueprint);
  if (brief.options.template) body.append("files", form.elements.template.files[0], brief.options.template);
  return body;
}

/** A number or a truth value where that is what was typed, as it would be in YAML. */
function plain(text) {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return { true: true, false: false }[text] ?? text;
}
