// Why a document says what it says: what led to what, and of a section, what each statement rests on.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { ordered } from "./lanes.js";
import { showSource } from "./source.js";
import { listed } from "./tables.js";
import { basisOf, counted, sectionState } from "./words.js";

const NAMED = 6; // causes of an event that are named: the last ones

/** Explain a run, or the section that is chosen, in a place. */
export async function showWhy(run, place) {
  const chosen = place.querySelector("#why-section")?.value || "";
  const told = await get(`/documents/${run.id}/explanation${chosen && `?section=${encodeURIComponent(chosen)}`}`);
  const options = [h("option", { value: "" }, "The whole document"), ...ordered(run).map((lane) => h("option", { value: lane.id, selected: lane.id === chosen }, lane.title))];
  const focused = document.activeElement?.id === "why-section";
  fill(
    place,
    h("div", { class: "field choose" }, h("label", { for: "why-section" }, "Explain"), h("select", { id: "why-section", onchange: () => showWhy(run, place) }, options)),
    chosen ? [questions(run, told.questions), statements(run, told.claims)] : sections(run, told.sections),
    causes(run, told),
  );
  if (focused) place.querySelector("#why-section").focus();
}

function sections(run, rows) {
  const said = (claims) => Object.entries(claims).map(([basis, count]) => `${count} ${basisOf(basis)}`).join(", ") || "nothing";
  return listed("Sections", ["Section", "State", "Drafts", "Words", "Statements by what they rest on"], rows.map((one) => [h("a", { href: `#/documents/${run.id}/${one.id}` }, one.title), sectionState(one.status), one.rounds, one.words, said(one.claims)]));
}

/** What the section is to answer: which evidence speaks of it, and whether the text rests on that. */
function questions(run, asked) {
  const open = asked.filter(({ evidence }) => !evidence.length).length;
  const passages = ({ evidence: one, cited }) => h("p", {}, h("button", { class: "cell", onclick: (event) => showSource(run.id, one, event.currentTarget) }, `${one.source}, ${one.address}`), `: “${one.quote}”`, !cited && [" ", h("span", { class: "badge" }, "not cited")]);
  const found = (evidence) => (evidence.length ? evidence.map(passages) : h("span", { class: "badge caution" }, "no passage speaks of it"));
  return listed("Questions", ["Question", "Passages that speak of it"], asked.map(({ question, evidence }) => [question, found(evidence)]), open ? `${counted(open, "question")} of ${asked.length} without a passage that shares its words.` : "");
}

function statements(run, claims) {
  const found = ({ verdict }) => (verdict ? `${verdict.verdict}, by ${verdict.by === "model" ? "a model" : "code"}${verdict.sure ? "" : ", not sure"}` : "not judged");
  const places = (claim) => [claim.how && h("p", {}, claim.how), claim.evidence.map((one) => h("p", {}, one.source === "brief" ? `${one.source}, ${one.address}` : h("button", { class: "cell", onclick: (event) => showSource(run.id, one, event.currentTarget) }, `${one.source}, ${one.address}`), `: “${one.quote}”`))];
  return listed("Statements", ["Statement", "Rests on", "Found", "Evidence"], claims.filter((claim) => claim.text).map((claim) => [claim.text, basisOf(claim.basis), found(claim), places(claim)]));
}

function causes(run, { causes, told }) {
  return listed(
    `What led to it: ${counted(causes.length, "event")}`,
    ["No.", "Section", "What happened", "Because of"],
    causes.map((cause, n) => [h("span", { id: `event-${cause.n}` }, cause.n), run.lanes.get(cause.section)?.title || cause.section || "The document", happened(told[n]), because(cause.because, causes)]),
  );
}

/** What happened, who said so by which event, and what that event holds. */
function happened({ happened: fact, text, details }) {
  return [fact || text, [...(fact ? [text] : []), ...details].map((line) => h("p", { class: "hint" }, line))];
}

/** Numbers of events; those in the list lead there. */
function because(numbers, listed) {
  const reach = (n) => document.getElementById(`event-${n}`)?.scrollIntoView({ block: "center" });
  const there = (n) => listed.some((cause) => cause.n === n);
  const number = (n) => (there(n) ? h("button", { class: "cell", "aria-label": `Event ${n}`, onclick: () => reach(n) }, n) : String(n));
  const shown = numbers.slice(-NAMED).map((n, at) => [at > 0 && ", ", number(n)]);
  return [shown, numbers.length > NAMED && ` and ${numbers.length - NAMED} before`];
}
