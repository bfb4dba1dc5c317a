// The list of documents.

import { get, post } from "./api.js";
import { fill, h } from "./dom.js";
import { moment, runState } from "./words.js";

const EVERY = 3_000; // milliseconds
const OVER = ["done", "partial", "failed", "cancelled"];
const STATES = { "": "Any state", "queued running": "Being written", waiting: "Waiting for you", "done partial": "Finished", "failed cancelled interrupted": "Stopped or failed" };
const PAGE = 50; // documents that are listed at once

export async function showRuns(main, signal) {
  const kinds = new Map();
  const place = h("div", {}, h("p", { class: "hint" }, "Loading …"));
  const wanted = filter(() => draw());
  let most = PAGE;
  const more = () => ((most += PAGE), draw());
  const draw = async () => {
    const { documents, next } = await get(`/documents?${wanted.query()}limit=${most}`);
    if (signal.aborted) return false;
    const nothing = !documents.length && !wanted.query();
    wanted.element.hidden = nothing;
    if (!place.contains(document.activeElement) || !documents.length) fill(place, nothing ? welcome() : list(documents, kinds), next && h("button", { onclick: more }, "Show more"));
    return documents.some((run) => !OVER.includes(run.status));
  };
  fill(main, h("div", { class: "titled" }, h("h1", {}, "Documents"), h("a", { href: "#/new", class: "button main" }, "New document")), wanted.element, place);
  await draw();
  for (const { name, title } of (await get("/blueprints")).blueprints) kinds.set(name, title);
  wanted.know(kinds);
  while (!signal.aborted) {
    const live = await draw();
    await new Promise((resolve) => setTimeout(resolve, live ? EVERY : EVERY * 5));
  }
}

/** Fields that say which documents to list, and the same as the beginning of a query. */
function filter(changed) {
  const title = h("input", { type: "search", "aria-label": "Search by title", placeholder: "Search by title", oninput: () => changed() });
  const choice = (label, options) => h("select", { "aria-label": label, onchange: () => changed() }, options.map(([value, text]) => h("option", { value }, text)));
  const state = choice("State", Object.entries(STATES));
  const kind = choice("Kind of document", [["", "Any kind"]]);
  const query = () => {
    const asked = new URLSearchParams();
    if (title.value.trim()) asked.set("title", title.value.trim());
    if (kind.value) asked.set("kind", kind.value);
    for (const status of state.value.split(" ").filter(Boolean)) asked.append("status", status);
    return asked.size ? `${asked}&` : "";
  };
  return { element: h("div", { class: "filter", hidden: true, role: "search" }, title, state, kind), query, know: (kinds) => kind.append(...[...kinds].map(([value, text]) => h("option", { value }, text))) };
}

function list(documents, kinds) {
  if (!documents.length) return h("p", { class: "notice" }, "No document is like that: choose another state or kind, or other words.");
  return h("ul", { class: "runs" }, documents.map((run) => row(run, kinds)));
}

function row({ id, title, kind, status, started, progress }, kinds) {
  const said = [kinds.get(kind) || kind, progress?.all > 0 && `${progress.written} of ${progress.all} sections written`].filter(Boolean).join(" · ");
  return h(
    "li",
    {},
    h("a", { href: `#/documents/${id}`, title: id }, h("span", { class: "name" }, title || id), h("span", { class: `state ${status}` }, runState(status))),
    h("p", { class: "when" }, h("span", {}, said), h("time", { datetime: started }, moment(started))),
    progress?.all > 0 && h("progress", { max: progress.all, value: progress.written, "aria-label": "Sections written" }),
  );
}

function welcome() {
  const said = h("p", { class: "problem", role: "alert" });
  const open = async (event) => {
    event.currentTarget.disabled = true;
    try {
      const brief = await get("/web/sample.json");
      location.hash = `#/documents/${(await post("/documents", brief)).id}`;
    } catch (fault) {
      said.textContent = fault.message;
    }
  };
  return h(
    "section",
    { class: "welcome" },
    h("p", {}, "Give Quire your sources and it writes a document in which every statement leads to the place that it rests on."),
    h("div", { class: "buttons" }, h("a", { href: "#/new", class: "button main" }, "Write a document"), h("button", { onclick: open }, "Open a sample")),
    h("p", { class: "hint" }, "The sample is written before your eyes, from eleven notes on incidents. No model is needed, and nothing leaves this machine but what a model is asked, if one is set up."),
    said,
  );
}
