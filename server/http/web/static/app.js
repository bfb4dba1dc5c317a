// The page: which view an address shows.

import { fill, h } from "./dom.js";
import { closeEvidence } from "./evidence.js";
import { showRun } from "./run.js";
import { showRuns } from "./runs.js";
import { showStart } from "./start.js";

const VIEWS = [
  [/^#\/new$/, showStart, "new"],
  [/^#\/documents\/([A-Za-z0-9._-]{1,64})(?:\/([a-z0-9-]{1,64}))?$/, showRun, "run"],
  [/^/, showRuns, "runs"],
];

let leaving = new AbortController();

/** Show what the address names. Whatever the last view was doing is stopped by `signal`. */
async function show() {
  leaving.abort();
  leaving = new AbortController();
  closeEvidence();
  const [pattern, view, name] = VIEWS.find(([pattern]) => pattern.test(location.hash));
  const main = document.getElementById("main");
  for (const link of document.querySelectorAll("nav a")) link.toggleAttribute("aria-current", link.dataset.route === name);
  document.title = "Quire";
  try {
    await view(main, leaving.signal, ...(pattern.exec(location.hash)?.slice(1) || []));
  } catch (fault) {
    if (!leaving.signal.aborted) fill(main, h("p", { class: "notice bad", role: "alert" }, fault.message));
  }
}

addEventListener("hashchange", () => show().then(() => document.getElementById("main").focus({ preventScroll: true })));
show();
