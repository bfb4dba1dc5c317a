// One document: its text while it grows, its questions, and the views that look into it.

import { get } from "./api.js";
import { drawQuestions } from "./asking.js";
import { laneRows, reach } from "./board.js";
import { showCalls } from "./calls.js";
import { changeFact } from "./changes.js";
import { fill, h, onceAFrame, refill, tell } from "./dom.js";
import { findings } from "./findings.js";
import { has, head, isOver, takePublished } from "./head.js";
import { begun, settle, take } from "./lanes.js";
import { numbersOf } from "./numbers.js";
import { readingView } from "./reading.js";
import { showRecords } from "./records.js";
import { search } from "./search.js";
import { showSources } from "./sourcelist.js";
import { follow } from "./stream.js";
import { tabs } from "./tabs.js";
import { showTimeline } from "./timeline.js";
import { compare } from "./versions.js";
import { showWhy } from "./why.js";

const REFRESH = 1_000; // milliseconds: how often usage and questions are asked for while events come
const LOOK = 3_000; // milliseconds: how often numbers and the view that is looked at are
const VIEWS = { document: "Document", timeline: "Timeline", why: "Why it says so", calls: "Calls and cost", records: "Records", sources: "Sources" };

let shown = null; // the run on the page: its id, and how to go to another place in it

/** Go to a place in the document that is shown already; tells whether it is. */
export function moved(id, section, view) {
  if (shown?.id !== id) return false;
  shown.go(section, view);
  return true;
}

export async function showRun(main, signal, id, section, view = "document") {
  const [report, { agents }] = await Promise.all([get(`/documents/${id}`), get("/agents")]);
  if (signal.aborted) return;
  const run = Object.assign(begun(agents), { id, report, state: "waiting", numbers: numbersOf(id) });
  let sought = section;
  const parts = layout(main, run, (where) => ((sought = where), draw()));
  const reading = readingView(run, parts.text);
  const draw = onceAFrame(() => {
    if (signal.aborted) return;
    drawAll(run, parts, reading);
    if (sought && run.lanes.get(sought)?.content && reach(sought)) sought = null;
  });
  shown = { id, go: (section, view = "document") => (parts.select(view), (sought = section), draw()) };
  signal.addEventListener("abort", () => (shown = null));
  const refresh = every(REFRESH, signal, async () => ((run.report = await get(`/documents/${id}`).catch(() => run.report)), draw()));
  const look = every(LOOK, signal, async () => (await run.numbers.fetch(), draw(), parts.again()));
  draw();
  parts.select(view in VIEWS ? view : "document");
  await follow(id, {
    signal,
    onEvent: (event) => (take(run, event), announce(run, event), refresh(), look(), draw()),
    onToken: (token) => (reading.grow(token), draw()),
    onState: (state) => ((run.state = state), refresh(), draw()),
  });
  run.report = await get(`/documents/${id}`);
  if (isOver(run)) settle(run);
  if (isOver(run) && has(run)) await Promise.all([takePublished(run), compare(run)]);
  await run.numbers.fetch();
  draw();
}

function layout(main, run, reachSection) {
  const parts = Object.fromEntries(["head", "questions", "notes", "lanes", "facts", "text"].map((name) => [name, h("div", { class: name })]));
  const panels = { document: h("div", {}, parts.notes, h("div", { class: "columns" }, h("div", { class: "side" }, parts.lanes, parts.facts), parts.text)) };
  for (const name of Object.keys(VIEWS)) panels[name] ||= h("div", { class: "view", tabindex: "0" });
  const fills = { timeline: showTimeline, why: showWhy, calls: showCalls, records: showRecords, sources: showSources };
  const filled = (name) => fills[name]?.(run, panels[name]).catch((fault) => fill(panels[name], h("p", { class: "notice", role: "alert" }, fault.message)));
  const views = Object.entries(VIEWS).map(([name, title]) => ({ id: name, title, panel: panels[name], shown: () => filled(name) }));
  const chosen = tabs("Views of the document", views, (name) => (location.hash = `#/documents/${run.id}${name === "document" ? "" : `?view=${name}`}`));
  const looked = search(run, (section, claim) => {
    chosen.select("document");
    reachSection(section);
    reachStatement(section, claim);
  });
  fill(main, parts.head, parts.questions, h("div", { class: "toolbar" }, chosen.list, looked.input), looked.found, views.map(({ panel }) => panel));
  const still = () => panels[chosen.current()].contains(document.activeElement) || getSelection().toString() !== "";
  return { ...parts, select: chosen.select, again: () => chosen.current() !== "document" && !still() && filled(chosen.current()) };
}

/** Mark a statement of the text, and go to it. */
function reachStatement(section, { text }) {
  for (const marked of document.querySelectorAll(".sought")) marked.classList.remove("sought");
  const places = document.querySelectorAll(`#section-${CSS.escape(section)} :is(.claim, td, dd)`);
  const place = [...places].find((one) => one.textContent.includes(text));
  place?.classList.add("sought");
  requestAnimationFrame(() => place?.scrollIntoView({ block: "center" }));
}

function drawAll(run, parts, reading) {
  document.title = `${run.title || run.id} · Quire`;
  if (!parts.head.matches(":active")) refill(parts.head, head(run)); // a button that is being pressed stays where it is
  refill(parts.notes, findings(run));
  parts.text.parentElement.hidden = run.lanes.size === 0;
  refill(parts.lanes, h("h2", {}, "Sections"), laneRows(run));
  if (!parts.facts.contains(document.activeElement)) fill(parts.facts, facts(run));
  reading.draw();
  drawQuestions(run, parts.questions); // a section's stands beside its text
}

function facts(run) {
  const known = Object.entries(run.facts);
  const open = ["running", "waiting", "interrupted"].includes(run.report.status);
  return known.length > 0 && h(
    "details",
    {},
    h("summary", {}, `Facts of the brief (${known.length})`),
    h("dl", { class: "facts" }, known.map(([name, value]) => h("div", {}, h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, String(value), open && h("button", { class: "small", "aria-label": `Change ${name}`, onclick: () => changeFact(run.id, name, value) }, "change"))))),
  );
}

function announce(run, event) {
  const lane = event.section && run.lanes.get(event.section);
  if (event.type === "SectionApproved") tell(`${lane.title}: approved`);
  if (event.type === "SectionFailed") tell(`${lane.title}: failed. ${event.data.reason}`);
  if (event.type === "SectionSubmitted" && event.data.question) tell(`${lane.title} waits for you`);
  if (event.type === "SectionConsidered") tell(event.data.text);
  if (event.type === "RunEnded") tell(`The document is ${event.data.status}`);
}

/** Make what does something soon: at most once in `pause` milliseconds, one after the other, and after the last that asked. */
function every(pause, signal, act) {
  let due = null;
  let again = false;
  let last = 0;
  const done = async () => {
    again = false;
    if (!signal.aborted) await act();
    last = Date.now();
    due = null;
    if (again) soon();
  };
  const soon = () => {
    again = true;
    due ||= setTimeout(done, Math.max(0, last + pause - Date.now()));
  };
  return soon;
}
