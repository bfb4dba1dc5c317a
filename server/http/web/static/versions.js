// A document lives on: words of one's own in it, the version before, a Word file out and back.

import { ask, download, get, post } from "./api.js";
import { form, text } from "./dialog.js";
import { h, tell } from "./dom.js";
import { counted } from "./words.js";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHORT = 90; // characters of a statement in a list
const OWN = { by: "" }; // who edits on this page, remembered until it is left

/** Ask for a person's words in the place of a statement, and put them in: while the document is made, or as a version. */
export async function edit(run, lane) {
  const { claims } = await get(`/documents/${run.id}/claims?section=${encodeURIComponent(lane.id)}`);
  const words = h("textarea", { id: "change-text", name: "text", rows: 4 }, claims[0]?.text || "");
  const chosen = h("select", { id: "change-claim", name: "claim", onchange: () => (words.value = claims[chosen.selectedIndex].text) }, claims.map(({ claim, text: said }) => h("option", { value: claim }, said.length > SHORT ? `${said.slice(0, SHORT)}…` : said)));
  const behind = h("input", { type: "checkbox", name: "behind", onchange: () => (words.value = behind.checked ? "" : claims[chosen.selectedIndex].text) });
  const inputs = [
    field("Statement", chosen),
    field("Your words (empty: it goes)", words),
    h("label", { class: "check" }, behind, "put them behind it, and leave it as it is"),
    text("by", "Your name, if it is to be told", OWN.by, 0, false),
  ];
  form(`Put words of your own into “${lane.title}”`, inputs, run.over ? "Write a version with them" : "Put them in", async (data) => {
    const { based_on } = claims[chosen.selectedIndex];
    const made = { section: lane.id, claim: data.get("claim"), text: data.get("text"), behind: behind.checked, by: (OWN.by = data.get("by")), based_on };
    if (!run.over) return post(`/documents/${run.id}/events`, { type: "section_edited", ...made });
    show(await post("/documents", { from: run.id, edits: [made] }));
  });
}

function field(label, input) {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input);
}

/** What can be done with a finished document: a version of it, a Word file for review, and that file back. */
export function livingOn(run) {
  const file = h("input", { type: "file", accept: ".docx", hidden: true, "aria-label": "The reviewed Word file", onchange: () => takeBack(run, file) });
  return h(
    "div",
    { class: "group", role: "group", "aria-label": "Go on with it" },
    h("span", { class: "hint" }, "Go on"),
    h("button", { onclick: () => (location.hash = `#/new?from=${run.id}`) }, "New version"),
    h("button", { onclick: () => download(`/documents/${run.id}/review`).catch((fault) => tell(fault.message)) }, "Word file for review"),
    h("button", { onclick: () => file.click() }, "Upload the reviewed file"),
    file,
  );
}

async function takeBack(run, input) {
  const said = h("p", { class: "notice bad", role: "alert" });
  try {
    const answer = await ask(`/documents/${run.id}/returned`, { method: "POST", body: input.files[0], headers: { "Content-Type": WORD } });
    const made = await answer.json();
    if (made.not_taken_up.length) sessionStorage.setItem(`quire-left-${made.id}`, JSON.stringify(made.not_taken_up));
    show(made);
  } catch (fault) {
    said.textContent = fault.message;
    input.closest(".buttons").after(said);
  }
}

function show({ id }) {
  location.hash = `#/documents/${id}`;
}

/** That a document follows another, what it says otherwise, and what of a Word file was not taken up. */
export function versionNotes(run) {
  const left = JSON.parse(sessionStorage.getItem(`quire-left-${run.id}`) || "[]");
  return [
    run.report.follows && h("p", { class: "hint" }, "A version of ", h("a", { href: `#/documents/${run.report.follows}` }, "an earlier document"), "."),
    left.length > 0 && h("p", { class: "notice" }, `Not taken up of the Word file: ${left.join("; ")}`),
    run.changes && changed(run.changes),
  ];
}

/** Fetch what a finished version says otherwise than the one before. */
export async function compare(run) {
  if (run.report.follows && run.published) run.changes ||= (await get(`/documents/${run.id}/changes`)).changes;
}

function changed(changes) {
  if (!changes.length) return h("p", { class: "notice" }, "It says the same.");
  const line = ({ section, change, before, now }) => h("li", {}, h("b", {}, `${section}: ${change}`), before && h("del", {}, before), now && h("ins", {}, now));
  return h("details", { class: "notice changes" }, h("summary", {}, `What it says otherwise: ${counted(changes.length, "statement")}`), h("ul", {}, changes.map(line)));
}
