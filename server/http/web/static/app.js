// The page: which view an address shows.

import { fill, h } from "./dom.js";
import { closeEvidence } from "./evidence.js";
import { moved, showRun } from "./run.js";
import { showRuns } from "./runs.js";
import { showStart } from "./start.js";

const VIEWS = [
  [/^#\/new(?:\?from=([A-Za-z0-9._-]{1,64}))?$/, showStart, "new"],
  [/^#\/documents\/([A-Za-z0-9._-]{1,64})(?:\/([a-z0-9-]{1,64}))?(?:\?view=([a-z]{1,20}))?$/, showRun, "run"],
  [/^/, showRuns, "runs"],
];

let leaving = new AbortController();

/** What the address names: a view, its name, and what it is to show. */
function addressed() {
  const [pattern, view, name] = VIEWS.find(([pattern]) => pattern.test(location.hash));
  return { view, name, named: pattern.exec(location.hash)?.slice(1) || [] };
}

/** Show what the address names. Whatever the last view was doing is stopped by `signal`. */
async function show({ view, name, named }) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  closeEvidence();
  const main = document.getElementById("main");
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.route === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = "Quire";
  try {
    await view(main, signal, ...named);
  } catch (fault) {
    if (!signal.aborted) fill(main, h("p", { class: "notice bad", role: "alert" }, fault.message));
  }
}

addEventListener("hashchange", () => {
  const next = addressed();
  if (next.view === showRun && moved(...next.named)) return;
  document.getElementById("main").focus({ preventScroll: true });
  scrollTo(0, 0);
  show(next);
});
show(addressed());
