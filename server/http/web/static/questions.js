// What waits for a person: approve, send back with a note, or reject.

import { post } from "./api.js";
import { h } from "./dom.js";

const NOTES = {
  plan: "To leave sections out, send back with their ids",
  release: "To have sections written again, send back with their ids",
};

/** Make a card for an open question. `more` is shown in it: what is to be approved. */
export function question(run, asked, more) {
  const note = h("textarea", { id: `note-${asked.id}`, rows: 1, placeholder: NOTES[asked.id] || "What is to change, or why not" });
  const problem = h("p", { class: "problem", role: "alert" });
  const answer = (decision) => async (event) => {
    const buttons = event.currentTarget.parentElement.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    try {
      await post(`/documents/${run}/events`, { type: "answer", question: asked.id, decision, note: note.value });
    } catch (fault) {
      problem.textContent = fault.message;
      buttons.forEach((button) => (button.disabled = false));
    }
  };
  return h(
    "section",
    { class: "question", "aria-label": `Question: ${asked.id}`, "data-question": asked.id },
    h("h2", {}, asked.text),
    more,
    h("label", { class: "visually-hidden", for: note.id }, "Note: what is to change, or why not"),
    note,
    problem,
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "main", onclick: answer("approve") }, "Approve"),
      h("button", { onclick: answer("revise") }, "Send back"),
      h("button", { class: "bad", onclick: answer("reject") }, "Reject"),
    ),
  );
}
