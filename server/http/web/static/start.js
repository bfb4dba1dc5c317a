// Starting a document: blueprint, facts, files, options. What is wrong with the brief is said at its field.

import { get, post, Refused } from "./api.js";
import { fill, h } from "./dom.js";
import { briefOf, fields } from "./form.js";

export async function showStart(main) {
  const { blueprints } = await get("/blueprints");
  const form = h("form", { class: "start", novalidate: true });
  const chosen = files();
  form.append(
    field("title", "Title", h("input", { name: "title", id: "title", required: true, autocomplete: "off" })),
    field("blueprint", "Kind of document", h("select", { name: "blueprint", id: "blueprint", onchange: () => facts() }, blueprints.map((b) => h("option", { value: b.name, selected: b.name === "general-report" }, b.title)))),
    h("div", { id: "about" }),
    chosen.element,
    options(),
    h("div", { id: "problems", role: "alert" }),
    h("div", { class: "buttons" }, h("button", { class: "main" }, "Write document")),
  );
  const facts = () => {
    const blueprint = blueprints.find((b) => b.name === form.elements.blueprint.value);
    fill(form.querySelector("#about"), h("p", { class: "hint" }, blueprint.description), fields(blueprint));
  };
  facts();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await send(form, chosen.list());
  });
  fill(main, h("h1", {}, "New document"), form);
}

async function send(form, sources) {
  const button = form.querySelector("button.main");
  button.disabled = true;
  clear(form);
  try {
    const body = new FormData();
    body.append("brief", new Blob([JSON.stringify(briefOf(form, sources))], { type: "application/json" }), "brief.json");
    for (const file of sources) body.append("files", file, file.name);
    const made = await post("/documents", body);
    location.hash = `#/documents/${made.id}`;
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    explain(form, fault);
  } finally {
    button.disabled = false;
  }
}

/** Put each problem at its field; what has no field on the page goes below the form. */
function explain(form, fault) {
  const elsewhere = [];
  const problems = fault.errors.length ? fault.errors : [{ field: "", problem: fault.message }];
  for (const { field: name, problem, hint } of problems) {
    const text = [problem, hint].filter(Boolean).join(": ");
    const input = name && form.querySelector(`[data-field="${CSS.escape(name.replace(/\[\d+\].*$/, ""))}"]`);
    if (input) at(input, text);
    else elsewhere.push([name, text].filter(Boolean).join(": "));
  }
  fill(form.querySelector("#problems"), elsewhere.map((text) => h("p", { class: "notice bad" }, text)));
  form.querySelector("[aria-invalid=true]")?.focus();
}

function at(place, text) {
  const id = `problem-${place.dataset.field}`;
  const input = place.querySelector("input, select, textarea");
  place.append(h("p", { class: "problem", id }, text));
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", id);
}

function clear(form) {
  form.querySelectorAll(".problem").forEach((problem) => problem.remove());
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  fill(form.querySelector("#problems"));
}

function field(name, label, input) {
  return h("div", { class: "field", "data-field": name }, h("label", { for: input.id }, label), input);
}

function options() {
  const box = (value, label) => h("label", { class: "check" }, h("input", { type: "checkbox", name: "approve", value }), label);
  return h(
    "fieldset",
    { "data-field": "options.approve" },
    h("legend", {}, "Ask me before"),
    box("conflicts", "one of several values counts"),
    box("plan", "the sections are written"),
    box("sections", "a section stands"),
    box("release", "the document is released"),
  );
}

/** Files, dropped or chosen. */
function files() {
  const held = [];
  const names = h("ul", { class: "files" });
  const draw = () => fill(names, held.map((file, n) => h("li", {}, file.name, " ", h("button", { type: "button", class: "close", "aria-label": `Leave out ${file.name}`, onclick: () => (held.splice(n, 1), draw()) }, "×"))));
  const add = (list) => {
    for (const file of list) if (!held.some((other) => other.name === file.name)) held.push(file);
    draw();
  };
  const input = h("input", { type: "file", id: "files", multiple: true, onchange: () => (add(input.files), (input.value = "")) });
  const element = h(
    "div",
    {
      class: "field drop",
      "data-field": "sources",
      ondragover: (e) => (e.preventDefault(), element.classList.add("over")),
      ondragleave: () => element.classList.remove("over"),
      ondrop: (e) => (e.preventDefault(), element.classList.remove("over"), add(e.dataTransfer.files)),
    },
    h("label", { for: "files" }, "Sources"),
    h("p", { class: "hint" }, "Drop files here or choose them: Markdown, HTML, CSV, DOCX, PDF, text."),
    input,
    names,
  );
  return { element, list: () => [...held] };
}
