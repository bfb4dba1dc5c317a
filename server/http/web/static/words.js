// What states are called, and how lengths of time, moments and sizes are written.

const RUN = { queued: "Queued", running: "Writing", waiting: "Waiting for you", interrupted: "Interrupted", done: "Finished", partial: "Finished, incomplete", failed: "Failed", cancelled: "Stopped" };
const SECTION = { waiting: "Waiting", working: "Writing", asked: "Waiting for you", approved: "Approved", stub: "Incomplete", skipped: "Left out", cancelled: "Left out", unwritten: "Not written", failed: "Failed" };

/** A document's state as a badge says it. */
export const runState = (status) => RUN[status] || status;

/** A section's state as a badge says it. */
export const sectionState = (status) => SECTION[status] || status;

const BASES = { source: "from sources", computed: "computed", brief: "from the brief", inference: "concluded", fixed: "fixed wording", open: "not determined", unsupported: "not supported" };

/** What a statement rests on, in a word or two. */
export const basisOf = (basis) => BASES[basis] || basis;

/** Count things: `counted(2, "section")` is "2 sections". */
export const counted = (n, thing, many = `${thing}s`) => `${n.toLocaleString()} ${n === 1 ? thing : many}`;

/** A length in seconds in words: `0.42 s`, `3 min 5 s`, `2 h 4 min`. */
export function duration(seconds) {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds) % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment as people say it: today the time, else the day. */
export function moment(at) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return today ? `Today, ${then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}` : then.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
}

/** What models have used, in a line. */
export function spent({ calls, prompt_tokens: read, completion_tokens: written, usd }) {
  if (!calls) return "no model was asked";
  return `${counted(calls, "model call")}, ${counted(read + written, "token")}${usd === null ? "" : `, ${money(usd)}`}`;
}

/** An amount of US dollars; `null` where the price is not known. */
export const money = (usd) => (usd === null ? "price unknown" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`);
