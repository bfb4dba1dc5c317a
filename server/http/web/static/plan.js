// A plan before it is written: its sections are seen, put in order, changed and left out, and what they take is foretold.

import { fill, h } from "./dom.js";

const FORMS = { prose: "text", table: "table", template: "fixed text" };

/**
 * Show a plan. `again(plan)` estimates what it takes, `differently(note)` gives another, `write(plan)` begins the document,
 * `back()` returns to the brief. What goes wrong is told in the element that they are given.
 */
export function showPlan(place, made, { again, differently, write, back }) {
  const problems = h("div", { role: "alert" });
  let plan = { sections: made.sections.map((section) => ({ ...section })), skipped: new Set(made.skipped), told: made };
  let changed = false;
  const draw = (focus = "") => {
    fill(
      place,
      h("h1", { tabindex: "-1", id: "plan" }, "The plan"),
      h("p", { class: "standing", role: "status" }, changed ? "You have changed the plan. " : foretold(plan), changed && h("button", { type: "button", class: "small", onclick: () => ask(again(sectionsOf(plan), problems)) }, "Estimate again")),
      plan.told.reason && h("p", { class: "notice" }, plan.told.reason),
      h("ol", { class: "outline" }, plan.sections.map((section, n) => h("li", { class: plan.skipped.has(section.id) && "skipped" }, row(section, n)))),
      unused(plan.told.unused),
      noteField(),
      problems,
      h(
        "div",
        { class: "buttons" },
        h("button", { class: "main", type: "button", onclick: () => write(sectionsOf(plan), problems) }, "Write this plan"),
        h("button", { type: "button", onclick: back }, "Back to the brief"),
      ),
    );
    place.querySelector(focus || "#plan")?.focus({ preventScroll: focus !== "" });
  };
  const change = (focus) => ((changed = true), draw(focus));
  const ask = async (asked) => {
    const next = await asked;
    if (!next) return;
    plan = { sections: next.sections.map((section) => ({ ...section })), skipped: new Set(next.skipped), told: next };
    changed = false;
    draw();
  };

  function row(section, n) {
    const move = (by) => {
      [plan.sections[n], plan.sections[n + by]] = [plan.sections[n + by], plan.sections[n]];
      change(`#move-${by < 0 ? "up" : "down"}-${section.id}`);
    };
    const input = (name, label, attributes) => {
      const id = `${name}-${section.id}`;
      const typed = h(attributes.rows ? "textarea" : "input", { id, value: section[name] ?? "", ...attributes, oninput: (e) => (set(section, name, e.target.value), (changed = true)) });
      return h("div", { class: "field" }, h("label", { for: id }, label), typed);
    };
    const isFree = !section.compute && section.kind !== "template" && !section.show;
    return [
      h("h2", {}, h("span", { class: "number" }, n + 1), ` ${section.title} `, plan.skipped.has(section.id) && h("span", { class: "state" }, "will not be written: it does not apply, or takes a model")),
      h(
        "div",
        { class: "acts" },
        h("button", { type: "button", class: "small", id: `move-up-${section.id}`, disabled: n === 0, "aria-label": `Move ${section.title} up`, onclick: () => move(-1) }, "↑"),
        h("button", { type: "button", class: "small", id: `move-down-${section.id}`, disabled: n === plan.sections.length - 1, "aria-label": `Move ${section.title} down`, onclick: () => move(1) }, "↓"),
        h("button", { type: "button", class: "small", "aria-label": `Leave out ${section.title}`, onclick: () => (leaveOut(plan, section.id), change()) }, "Leave out"),
      ),
      section.purpose && h("p", {}, section.purpose),
      section.questions && h("p", { class: "hint" }, section.questions.join(" ")),
      h("p", { class: "hint" }, facts(section)),
      h(
        "details",
        {},
        h("summary", { "aria-label": `Change ${section.title}` }, "Change"),
        input("title", "Title", {}),
        isFree && input("words", "Words, about", { type: "number", min: 1, max: 20_000 }),
        isFree && formField(section),
        isFree && input("instructions", "What it is to say", { rows: 3 }),
      ),
    ];
  }

  function facts(section) {
    const titles = (section.after || []).map((item) => plan.sections.find((other) => other.id === item.split(".")[0])?.title).filter(Boolean);
    return [FORMS[section.kind || "prose"], section.words && `about ${section.words} words`, titles.length && `written after ${titles.join(", ")}`].filter(Boolean).join(" · ");
  }

  function formField(section) {
    const id = `form-${section.id}`;
    const choice = h("select", { id, onchange: (e) => (set(section, "kind", e.target.value), (changed = true)) }, ["prose", "table"].map((kind) => h("option", { value: kind, selected: (section.kind || "prose") === kind }, FORMS[kind])));
    return h("div", { class: "field" }, h("label", { for: id }, "Form"), choice);
  }

  function noteField() {
    const note = h("textarea", { id: "plan-note", rows: 2, placeholder: "Put the costs before the risks, and compare the two offers in one section" });
    const button = h("button", { type: "button", onclick: () => note.value.trim() && ask(differently(note.value.trim(), problems)) }, "Ask for another plan");
    return h("details", { class: "again" }, h("summary", {}, "Have it planned differently"), h("label", { for: "plan-note" }, "What should be different"), note, h("p", { class: "hint" }, "It takes a model. What you have changed here by hand is planned anew."), h("div", { class: "buttons" }, button));
  }
  draw();
}

function set(section, name, value) {
  if (value === "") delete section[name];
  else section[name] = name === "words" ? Number(value) : value;
}

/** Take a section out; nothing waits for it any more. */
function leaveOut(plan, id) {
  plan.sections = plan.sections.filter((section) => section.id !== id);
  for (const section of plan.sections) if (section.after) section.after = section.after.filter((item) => item.split(".")[0] !== id);
}

function sectionsOf(plan) {
  return { sections: plan.sections };
}

function foretold({ sections, skipped, told }) {
  const { calls, prompt_tokens: read, completion_tokens: written, usd } = told.expected;
  const count = `${sections.length - skipped.size} of ${sections.length} sections will be written. `;
  if (!calls) return `${count}No model is asked, so it costs nothing.`;
  const cost = usd === null ? "the price of the model is not known" : `about $${usd.toFixed(2)}`;
  return `${count}That takes about ${calls} calls and ${(read + written).toLocaleString()} tokens: ${cost}.`;
}

function unused(sources) {
  return sources.length > 0 && h("details", {}, h("summary", {}, `${sources.length} sources that no section draws on`), h("ul", {}, sources.map(({ source, reason }) => h("li", {}, `${source}: ${reason}`))));
}
