// One document: its lanes while they fill, its questions, and its text as it grows.

import { get, download, post } from "./api.js";
import { addSection, cancelRun, changeFact } from "./changes.js";
import { fill, h, onceAFrame, tell } from "./dom.js";
import { laneRows, reach } from "./board.js";
import { begun, progress, take } from "./lanes.js";
import { planBoxes, question, valueButtons } from "./questions.js";
import { readingView } from "./reading.js";
import { findings } from "./findings.js";
import { follow } from "./stream.js";

const FORMATS = { html: "HTML", pdf: "PDF", docx: "Word", md: "Markdown", json: "JSON" };
const REFRESH = 1_000; // milliseconds: how often usage and questions are asked for while events come

export async function showRun(main, signal, id, section) {
  const [report, { agents }] = await Promise.all([get(`/documents/${id}`), get("/agents")]);
  const run = Object.assign(begun(agents), { id, report, state: "waiting" });
  const parts = layout(main);
  const reading = readingView(run, parts.text);
  let sought = section;
  const draw = onceAFrame(() => {
    if (signal.aborted) return;
    drawAll(run, parts, reading);
    if (sought && run.lanes.get(sought)?.content && reach(sought)) sought = null;
  });
  const refresh = reported(run, draw, signal);
  const ticking = setInterval(draw, REFRESH);
  signal.addEventListener("abort", () => clearInterval(ticking));
  draw();
  await follow(id, {
    signal,
    onEvent(event) {
      take(run, event);
      announce(run, event);
      refresh();
      draw();
    },
    onToken: (token) => (reading.grow(token), draw()),
    onState: (state) => ((run.state = state), refresh(), draw()),
  });
  clearInterval(ticking);
}

function layout(main) {
  const parts = Object.fromEntries(["head", "questions", "lanes", "facts", "text"].map((name) => [name, h("div", { class: name })]));
  fill(main, parts.head, parts.questions, h("div", { class: "columns" }, h("div", { class: "side" }, parts.lanes, parts.facts), parts.text));
  return parts;
}

function drawAll(run, parts, reading) {
  document.title = `${run.title || run.id} · Quire`;
  if (!parts.head.matches(":active")) fill(parts.head, head(run)); // a button that is being pressed stays where it is
  fill(parts.lanes, h("h2", {}, "Sections"), laneRows(run));
  if (!parts.facts.contains(document.activeElement)) fill(parts.facts, facts(run));
  reading.draw();
  drawQuestions(run, parts.questions); // a section's stands beside its text
}

function head(run) {
  const { written, closed, all } = progress(run);
  const status = run.report.status;
  const over = ["done", "partial", "failed", "cancelled"].includes(status);
  return [
    h("p", { class: "kicker" }, run.kind || "Document"),
    h("h1", {}, run.title || run.id),
    h(
      "p",
      { class: "standing" },
      h("span", { class: `state ${status}` }, status),
      ` ${written} of ${all} sections written · ${spent(run.report.usage)}`,
      run.state === "waiting" && !over && h("span", { class: "hint" }, " · connecting …"),
    ),
    h("progress", { max: Math.max(1, all), value: closed, "aria-label": "Sections that are done with" }),
    leftOut(run.report.left_out),
    findings(run),
    run.report.warnings.map((warning) => h("p", { class: "notice" }, warning)),
    over && run.over?.reason && h("p", { class: "notice bad" }, run.over.reason),
    h("div", { class: "buttons" }, over && has(run) ? downloads(run) : null, over ? null : working(run)),
    status === "interrupted" && h("p", { class: "notice" }, "Nobody works on it any more. ", h("button", { class: "small", onclick: (event) => ((event.currentTarget.disabled = true), post(`/documents/${run.id}/resume`)) }, "Carry on")),
  ];
}

/** Whether there is something to download: a document, or what was approved in a run that was stopped. */
function has(run) {
  const refused = run.log.some((event) => ["DocumentFailed", "PlanRejected"].includes(event.type));
  return run.published > 0 || (!refused && run.report.sections.some((section) => ["approved", "stub"].includes(section.status)));
}

/** What applies and was not to be written, by reason. */
function leftOut(sections) {
  const reasons = [...new Set(sections.map((section) => section.reason))];
  return reasons.map((reason) => {
    const titles = sections.filter((section) => section.reason === reason).map((section) => section.title);
    return h("p", { class: "notice" }, `${titles.length} left out (${reason}): ${titles.join("; ")}`);
  });
}

function spent({ calls, prompt_tokens: read, completion_tokens: written, usd }) {
  if (!calls) return "no model asked";
  return `${calls} calls, ${(read + written).toLocaleString()} tokens${usd === null ? "" : `, $${usd.toFixed(2)}`}`;
}

function downloads(run) {
  return Object.entries(FORMATS).map(([format, name]) =>
    h("button", { onclick: () => download(`/documents/${run.id}/content?format=${format}`, `${run.id}.${format}`) }, name),
  );
}

function working(run) {
  return [h("button", { onclick: () => addSection(run.id) }, "Add a section"), h("button", { class: "bad", onclick: () => cancelRun(run.id) }, "Stop")];
}

/** Draw the open questions, those about a section beside its text; a card in which somebody may be writing stays as it is. */
function drawQuestions(run, place) {
  const open = run.report.questions;
  const shown = [...document.querySelectorAll("main .question")];
  for (const card of shown) if (!open.some((asked) => asked.id === card.dataset.question)) card.remove();
  for (const asked of open) {
    if (asked.id === "plan" && !run.log.some((event) => event.type === "PlanProposed")) continue; // it comes with its sections
    if (asked.id.startsWith("conflict:") && !run.log.some((event) => event.data.question === asked.id)) continue; // with its values
    const beside = asked.section && !isProposal(asked) ? document.getElementById(`asked-${asked.section}`) : place;
    if (beside && !shown.some((card) => card.isConnected && card.dataset.question === asked.id)) beside.append(card(run, asked));
  }
  waitingSections(run, place);
}

/** Where several sections wait: all of them at once, and a way to each. */
function waitingSections(run, place) {
  const waiting = run.report.questions.filter((asked) => asked.section && !isProposal(asked));
  const known = place.querySelector(".together");
  const ids = waiting.map((asked) => asked.id).join(" ");
  if (known?.dataset.waiting === ids) return;
  known?.remove();
  if (!waiting.length) return;
  const links = waiting.map((asked) => [" ", h("a", { href: `#/documents/${run.id}/${asked.section}` }, run.lanes.get(asked.section)?.title || asked.section)]);
  const all = async (event) => {
    event.currentTarget.disabled = true;
    for (const asked of waiting) await post(`/documents/${run.id}/events`, { type: "answer", question: asked.id, decision: "approve" }).catch((fault) => tell(fault.message));
  };
  place.prepend(h("section", { class: "notice together", "data-waiting": ids, "aria-label": "Sections that wait for you" }, "For you to approve:", links, waiting.length > 1 && h("button", { class: "small", onclick: all }, `Approve all ${waiting.length}`)));
}

function card(run, asked) {
  const plan = asked.id === "plan" && run.log.findLast((event) => event.type === "PlanProposed");
  const boxes = plan && planBoxes(plan.data.sections);
  const conflict = run.log.find((event) => event.type === "ConflictFound" && event.data.question === asked.id);
  const values = conflict && valueButtons(run.id, asked.id, conflict.data.told);
  const more = boxes ? boxes.element : values ? values.element : null;
  const noRevision = isProposal(asked) ? "it is only proposed" : run.report.no_revision;
  return question(run.id, asked, more, { dropped: boxes ? boxes.dropped : () => [], held: values ? values.held : null, noRevision });
}

function isProposal(asked) {
  return asked.id.startsWith("section-proposed:") || asked.id === "rewordings";
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

/** Fetch the run's report, at most once per REFRESH. */
function reported(run, draw, signal) {
  let due = null;
  return () => {
    due ||= setTimeout(async () => {
      due = null;
      if (signal.aborted) return;
      run.report = await get(`/documents/${run.id}`).catch(() => run.report);
      draw();
    }, run.log.length ? REFRESH : 0);
  };
}
