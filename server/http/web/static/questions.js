// What waits for a person: approve, send back with a note, or reject; of a plan, sections can be left out; of sources
// that differ, one holds.

import { post } from "./api.js";
import { h } from "./dom.js";
import { showSource } from "./source.js";

const NOTES = {
  plan: "What is to change in the plan, or why not",
  release: "What is to change, or why not: in the sections chosen above, or in all",
};

/**
 * Make a card for an open question. `more` is shown in it: what is to be approved. `dropped` gives the ids of sections
 * to leave out of a plan, `again` the ids of those to be written again, `held` the source whose value counts where
 * sources differ. `noRevision` says why nothing can be written again, if nothing can.
 */
export function question(run, asked, more, { dropped = () => [], again = () => [], held = null, noRevision = "" } = {}) {
  const note = h("textarea", { id: `note-${asked.id}`, rows: 1, placeholder: held ? "Why, if you want to say" : NOTES[asked.id] || "What is to change, or why not" });
  const problem = h("p", { class: "problem", role: "alert" });
  const answer = (decision) => async (event) => {
    const buttons = event.currentTarget.parentElement.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    try {
      const drop = decision === "approve" ? dropped() : [];
      const holds = held && decision === "approve" ? held() : "";
      const named = decision === "revise" && again().length ? ` (${again().join(", ")})` : ""; // a release is sent back by ids in its note
      await post(`/documents/${run}/events`, { type: "answer", question: asked.id, decision, note: `${note.value}${named}`, drop, holds });
    } catch (fault) {
      problem.textContent = fault.message;
      buttons.forEach((button) => (button.disabled = button === back && noRevision !== ""));
    }
  };
  const words = held ? { approve: "Go on", reject: "None counts" } : { approve: "Approve", reject: "Reject" };
  const back = h("button", { onclick: answer("revise"), disabled: noRevision !== "", title: noRevision }, "Send back");
  return h(
    "section",
    { class: "question", "aria-label": `Question: ${asked.id}`, "data-question": asked.id },
    h("h2", {}, asked.text),
    more,
    h("label", { class: "visually-hidden", for: note.id }, `Note: ${note.placeholder}`),
    note,
    problem,
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "main", onclick: answer("approve") }, words.approve),
      !held && back,
      h("button", { class: "bad", onclick: answer("reject") }, words.reject),
    ),
    noRevision && !held && h("p", { class: "hint" }, `It cannot be sent back: ${noRevision}.`),
  );
}

/** Show what sources say of one quantity, each with a button to say that it holds; neither is chosen beforehand. */
export function valueButtons(run, question, told) {
  const name = `holds-${question}`;
  const choice = (value, label, more) => h("li", {}, h("label", {}, h("input", { type: "radio", name, value, checked: value === "" }), h("span", {}, label)), more);
  const place = (one) => h("span", { class: "hint" }, ` ${one.source}, ${one.address}${one.date ? `, dated ${one.date}` : ""}`);
  const seen = (one) => h("button", { type: "button", class: "small", "aria-label": `Show ${one.source} at its place`, onclick: (e) => showSource(run, { ...one, quote: one.text }, e.currentTarget) }, "Show");
  const sources = told.map((one) => choice(one.source, [h("b", {}, one.text), place(one)], seen(one)));
  const list = h("ul", { class: "values", role: "radiogroup", "aria-label": "Which value holds" }, sources, choice("", "leave it open, with all values named"));
  return { element: list, held: () => list.querySelector("input:checked").value };
}

/** Show the sections of a document that is to be released, each with a box to have it written again. */
export function againBoxes(sections) {
  const boxes = sections.map((section) => h("input", { type: "checkbox", value: section.id }));
  const list = h("ul", { class: "plan" }, sections.map((section, n) => h("li", {}, h("label", { class: "check" }, boxes[n], section.title))));
  return { element: h("details", {}, h("summary", {}, "Choose sections to send back"), list), again: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

/** Show a plan's sections, each with a box to leave it out, and what follows from that for others. */
export function planBoxes(sections) {
  const follows = h("p", { class: "hint", role: "status" });
  const boxes = sections.map((section) => h("input", { type: "checkbox", checked: true, value: section.id, onchange: () => (follows.textContent = consequences(sections, dropped())) }));
  const dropped = () => boxes.filter((box) => !box.checked).map((box) => box.value);
  const titled = (id) => sections.find((section) => section.id === id)?.title || id;
  const waits = (section) => section.after.length > 0 && h("span", { class: "hint" }, ` after ${section.after.map((after) => titled(idIn(after))).join(", ")}`);
  const answers = (section) => section.questions && h("p", { class: "hint" }, section.questions.join(" "));
  const list = h("ol", { class: "plan" }, sections.map((section, n) => h("li", {}, h("label", { class: "check" }, boxes[n], section.title, waits(section)), answers(section))));
  return { element: [h("p", { class: "hint" }, "Take the tick off what is not to be written."), list, follows], dropped };
}

function consequences(sections, dropped) {
  const left = sections.filter((section) => !dropped.includes(section.id));
  return dropped
    .map((id) => [id, left.filter((section) => section.after.map(idIn).includes(id)).map((section) => section.title)])
    .filter(([, titles]) => titles.length)
    .map(([id, titles]) => `${titles.join(", ")} will be written without ${sections.find((section) => section.id === id).title}.`)
    .join(" ");
}

function idIn(after) {
  return after.split(".")[0];
}
