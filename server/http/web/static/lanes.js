// What a run's events say about its sections: a pure reduction, from events to lanes.

const OPEN = ["waiting", "working", "asked"];
const CLOSING = { SectionApproved: "approved", SectionFailed: "failed", SectionSkipped: "skipped", SectionCancelled: "cancelled" };

/** A run of which nothing is known yet. `agents` is the server's list of agents: who handles what. */
export function begun(agents) {
  return { agents, title: "", kind: "", facts: {}, template: null, lanes: new Map(), log: [], started: null, last: null, over: null, published: 0 };
}

/** Take one event into the run. */
export function take(run, event) {
  run.log.push(event);
  run.started ||= event.at;
  run.last = event.at;
  if (event.type === "DocumentRequested") Object.assign(run, { title: event.data.title, kind: event.data.blueprint.title, facts: { ...event.data.facts }, template: event.data.options?.template || null });
  if (event.type === "FactChanged") run.facts[event.data.name] = event.data.value;
  if (event.type === "RunEnded") run.over = event.data;
  if (event.type === "DocumentPublished") run.published += 1;
  if (event.section) inLane(run, event);
}

function inLane(run, event) {
  const lane = laneOf(run, event);
  if (event.epoch > lane.epoch || ["SectionPlanned", "SectionReopened"].includes(event.type)) reopen(lane, event);
  lane.events.push(event);
  lane.reason = "";
  if (event.type === "ClaimsVerified") judge(lane, event.data);
  if (event.type === "SectionSubmitted" && event.data.question) Object.assign(advance(lane, event, "asked"), textOf(event.data.approval)); // what would stand
  if (lane.status === "asked" && ["AnswerGiven", "RevisionRequested"].includes(event.type)) advance(lane, event, "working");
  if (event.type === "SectionOpened" || event.type === "ChangesTaken") advance(lane, event, "working");
  if (event.type === "SectionDrafted") Object.assign(lane, { ...textOf(event.data), drafts: lane.drafts + 1, standing: false, growing: {} });
  if (event.type === "SectionApproved") Object.assign(lane, { ...textOf(event.data), standing: true, missing: event.data.missing });
  if (event.type in CLOSING) Object.assign(advance(lane, event, CLOSING[event.type]), { reason: event.data.reason || "" });
  if (lane.status === "approved" && Object.keys(lane.missing || {}).length) lane.status = "stub";
}

/** What an event says of a section's text: what is left out of it, what readers objected to and nobody mended, what they remarked. */
function textOf({ content, words, struck = [], findings = [] }) {
  const said = (remark) => findings.filter((finding) => finding.read && Boolean(finding.remark) === remark).map((finding) => finding.message);
  return { content, words, struck, objections: said(false), remarks: said(true), judged: 0 };
}

/** Put what was found of a draft's claims to them. */
function judge(lane, { verdicts }) {
  const judged = (claim) => (verdicts[claim.id] ? { ...claim, verdict: verdicts[claim.id] } : claim);
  const blocks = (lane.content?.blocks || []).map((block) => ({ ...block, claims: block.claims?.map(judged), rows: block.rows?.map((row) => row.map(judged)) }));
  Object.assign(lane, { content: lane.content && { ...lane.content, blocks }, judged: lane.judged + 1 });
}

function laneOf(run, event) {
  if (!run.lanes.has(event.section)) {
    run.lanes.set(event.section, {
      id: event.section, title: event.section, after: [], position: run.lanes.size, epoch: 0, drafts: 0, words: 0,
      status: "waiting", since: event.at, content: null, standing: false, growing: {}, struck: [], objections: [], remarks: [], judged: 0, reason: "", events: [], spec: null,
    });
  }
  return run.lanes.get(event.section);
}

function reopen(lane, event) {
  const spec = event.data.spec || lane.spec;
  lane.epoch = event.epoch;
  lane.events = [];
  lane.spec = spec;
  lane.title = (spec && spec.title) || event.data.title || lane.title;
  lane.after = (spec && spec.after) || [];
  lane.position = event.data.position ?? lane.position;
  advance(lane, event, "waiting");
}

function advance(lane, event, status) {
  return Object.assign(lane, { status, since: event.at });
}

/** Of a run that has ended: what was still open in it is written no more. */
export function settle(run) {
  for (const { id, status, reason = "" } of run.report.sections) {
    const lane = run.lanes.get(id);
    if (lane && status === "cancelled" && OPEN.includes(lane.status)) Object.assign(lane, { status: "unwritten", reason });
  }
}

/** Lanes in the document's order. */
export function ordered(run) {
  return [...run.lanes.values()].sort((a, b) => a.position - b.position);
}

/** What a waiting lane still waits for: titles of sections, "a draft of …" where that is enough. */
export function waitsFor(run, lane) {
  return lane.after.flatMap((item) => {
    const [id, part] = item.split(".");
    const other = run.lanes.get(id);
    if (!other || ["approved", "stub", "failed", "skipped", "cancelled"].includes(other.status)) return [];
    if (part && other.drafts && other.events.some((e) => e.type === "SectionDrafted")) return [];
    return [part ? `a draft of ${other.title}` : other.title];
  });
}

/** Agents at work in a lane: those that handle something that happened and have not answered it. */
export function atWork(run, lane) {
  if (lane.status !== "working") return [];
  const agents = run.agents.filter((agent) => agent.scope === "section");
  const direct = agents.filter((agent) => !agent.joins && owes(agent, lane.events));
  return (direct.length ? direct : agents.filter((agent) => agent.joins && owesJoined(agent, lane.events))).map((agent) => agent.name);
}

function owes(agent, events) {
  const fresh = events.slice(events.findLastIndex((e) => e.type === "ChangesTaken" || e.type === "SectionOpened"));
  const answered = new Set(fresh.filter((e) => e.agent === agent.name).map((e) => e.cause));
  return fresh.some((e) => hears(agent, e) && !answered.has(e.id));
}

/** An agent that joins answers all it has heard at once. */
function owesJoined(agent, events) {
  return events.slice(events.findLastIndex((e) => e.agent === agent.name) + 1).some((e) => hears(agent, e));
}

function hears(agent, event) {
  return agent.handles.includes(event.type) && (!event.to || event.to === agent.name);
}

/** How far a run is: sections that are written, and that have closed in whatever way, of those that apply. */
export function progress(run) {
  const leftOut = new Set(run.report.left_out.map((section) => section.id));
  const lanes = ordered(run).filter((lane) => lane.status !== "skipped" || leftOut.has(lane.id));
  const closed = lanes.filter((lane) => !OPEN.includes(lane.status)).length;
  return { written: lanes.filter((lane) => ["approved", "stub"].includes(lane.status)).length, closed, all: lanes.length };
}
