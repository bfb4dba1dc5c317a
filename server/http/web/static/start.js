// Starting a document: sources first, then what is to be made of them. What is missing or wrong is said at its field.

import { get, Refused, upload } from "./api.js";
import { fill, h } from "./dom.js";
import { bodyOf, briefOf, fields, missing, OWN } from "./form.js";
import { showPlan } from "./plan.js";
import { sourceField } from "./sources.js";

export async function showStart(main, signal, from) {
  fill(main, h("h1", {}, from ? "New version" : "New document"), h("p", { class: "hint" }, "Loading …"));
  const [{ blueprints }, limits, before] = await Promise.all([get("/blueprints"), get("/inputs"), from && askedOf(from)]);
  if (signal.aborted) return;
  const form = h("form", { class: "start", novalidate: true });
  const sources = sourceField(limits);
  const own = h("input", { type: "file", id: "own", name: "own", accept: ".yaml,.yml,.json" });
  const kinds = [...blueprints.map((b) => h("option", { value: b.name, selected: b.name === "general-report" }, b.title)), h("option", { value: OWN }, "A blueprint of my own …")];
  form.append(
    sources.element,
    field("blueprint", "Kind of document", h("select", { name: "blueprint", id: "blueprint", onchange: () => facts() }, kinds), h("div", { id: "kind" })),
    field("title", "Title", h("input", { name: "title", id: "title", required: true, autocomplete: "off" })),
    h("div", { id: "about" }),
    approvals(),
    wordTemplate(),
    limitsOf(limits),
    h("div", { id: "problems", role: "alert" }),
    h("progress", { id: "sending", hidden: true, max: 1, value: 0, "aria-label": "Sending the sources" }),
    h("div", { class: "buttons" }, h("button", { class: "main" }, "Write document"), h("button", { type: "button", onclick: () => plan() }, "See the plan first")),
  );
  const facts = () => {
    const blueprint = blueprints.find((b) => b.name === form.elements.blueprint.value);
    fill(form.querySelector("#kind"), blueprint ? h("p", { class: "hint" }, blueprint.description) : [h("label", { for: "own", class: "hint" }, "A YAML or JSON file that describes the sections:"), own]);
    fill(form.querySelector("#about"), fields(blueprint || { facts: {} }));
  };
  facts();
  if (before) asBefore(form, before, facts);
  /** Send what the form says, with a plan that somebody has seen, or a note to the planner. */
  const sent = (path, planned, problems) =>
    sending(form, problems, () => {
      const brief = { ...briefOf(form, sources.files(), sources.leftOut()), ...(from && { from }) };
      return upload(path, bodyOf(form, planned ? { ...brief, plan: planned } : brief, sources.files()), (share) => (form.querySelector("#sending").value = share));
    });
  const write = async (planned, problems) => {
    const made = await sent("/documents", planned, problems);
    if (made) location.hash = `#/documents/${made.id}`;
  };
  const plan = async () => {
    const made = await sent("/plan");
    if (!made) return;
    const place = h("div", {});
    fill(main, place);
    showPlan(place, made, {
      again: (planned, problems) => sent("/plan", planned, problems),
      differently: (note, problems) => sent(`/plan?note=${encodeURIComponent(note)}`, null, problems),
      write,
      back: () => (fill(main, heading, form), form.querySelector("#title").focus()),
    });
  };
  form.addEventListener("submit", (event) => (event.preventDefault(), write()));
  const heading = [h("h1", {}, before ? "New version" : "New document"), before && h("p", { class: "hint" }, `Of “${before.title}”. Give all sources again, those that have changed as they are now; what none of it reaches stands word for word.`)];
  fill(main, heading, form);
}

/** What was asked for the document that a version is to follow. */
async function askedOf(run) {
  const { events } = await get(`/documents/${run}/events?limit=200`);
  return events.find(({ type }) => type === "DocumentRequested")?.data;
}

/** Fill the form with what was asked before. */
function asBefore(form, { blueprint, title, facts: known, options }, facts) {
  const kind = form.elements.blueprint;
  if ([...kind.options].some((option) => option.value === blueprint.name)) kind.value = blueprint.name;
  facts();
  form.elements.title.value = title;
  const further = [];
  for (const [name, value] of Object.entries(known)) {
    const input = form.elements[`fact:${name}`];
    if (input) input.value = value;
    else if (typeof value !== "object") further.push(`${name}: ${value}`);
  }
  form.elements.more.value = further.join("\n");
  if (options.template) form.querySelector("[data-field='options.template']").append(h("p", { class: "hint" }, `It was ${options.template.name} before: give it again.`));
}

/**
 * Do something with the form while it cannot be sent again, and give what came of it. If nothing did, it is said why: at
 * the fields, or in `problems` where the form is not shown.
 */
async function sending(form, problems, send) {
  const buttons = form.querySelectorAll(".buttons:last-child button");
  clear(form);
  if (problems) fill(problems);
  const gaps = missing(form);
  if (gaps.length) return explain(form, { errors: gaps }, problems);
  buttons.forEach((button) => (button.disabled = true));
  form.querySelector("#sending").hidden = false;
  try {
    return await send();
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return explain(form, fault, problems);
  } finally {
    form.querySelector("#sending").hidden = true;
    buttons.forEach((button) => (button.disabled = false));
  }
}

/** Put each problem at its field; what has no field on the page goes below the form. */
function explain(form, fault, place) {
  const elsewhere = [];
  const problems = fault.errors.length ? fault.errors : [{ field: "", problem: fault.message }];
  for (const { field: name, problem, hint } of problems) {
    const text = [problem, hint].filter(Boolean).join(": ");
    const input = !place && name && form.querySelector(`[data-field="${CSS.escape(name.replace(/\[\d+\].*$/, ""))}"]`);
    if (input) at(input, text);
    else elsewhere.push([name, text].filter(Boolean).join(": "));
  }
  fill(place || form.querySelector("#problems"), elsewhere.map((text) => h("p", { class: "notice bad" }, text)));
  if (!place) form.querySelector("[aria-invalid=true]")?.focus();
}

function at(place, text) {
  const id = `problem-${place.dataset.field}`;
  const input = place.querySelector("input, select, textarea");
  place.closest("details")?.setAttribute("open", "");
  place.append(h("p", { class: "problem", id }, text));
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", id);
}

function clear(form) {
  form.querySelectorAll(".problem").forEach((problem) => problem.remove());
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  fill(form.querySelector("#problems"));
}

function field(name, label, input, ...more) {
  const named = input.id ? input : input.querySelector("[id]");
  return h("div", { class: "field", "data-field": name }, h("label", { for: named.id }, label), input, ...more);
}

function approvals() {
  const box = (value, label) => h("label", { class: "check" }, h("input", { type: "checkbox", name: "approve", value }), label);
  return h(
    "fieldset",
    { "data-field": "options.approve" },
    h("legend", {}, "Ask me before"),
    box("conflicts", "one of several values is chosen"),
    box("plan", "the sections are written"),
    box("sections", "a section is approved"),
    box("release", "the document is released"),
  );
}

/** A Word file of one's own that lends the Word edition its looks. */
function wordTemplate() {
  const chosen = h("input", { type: "file", id: "template", name: "template", accept: ".docx,.dotx" });
  const none = h("button", { type: "button", class: "small", hidden: true, onclick: () => ((chosen.value = ""), shown()) }, "Use none");
  const shown = () => (none.hidden = !chosen.files.length);
  chosen.addEventListener("change", shown);
  const said = "Its styles, cover, heads and feet become those of the Word file. What cannot be had of it is named where you download that.";
  return field("options.template", "Word template", h("div", { class: "chosen" }, chosen, none), h("p", { class: "hint" }, said));
}

/** Which model is asked, and what it may cost. */
function limitsOf({ models }) {
  if (!models.length) return h("p", { class: "notice" }, "No model is set up here. Tables, figures and quotations are written; sections that weigh and conclude are left out and named.");
  const number = (name, label, step) => field(`options.${name}`, label, h("input", { type: "number", id: name, name: `option:${name}`, min: step, step, inputmode: "decimal" }));
  return h(
    "details",
    {},
    h("summary", {}, "Model and budget"),
    field("options.model", "Model", h("select", { id: "model", name: "model" }, h("option", { value: "" }, `As it is set here (${models[0]})`), models.map((model) => h("option", { value: model }, model)))),
    number("budget.usd", "Spend at most, in US dollars", "any"),
    number("budget.tokens", "Use at most, in tokens", 1),
    number("max_rounds", "Drafts of a section at most", 1),
  );
}
