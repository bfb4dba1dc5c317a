// Follows a run's events, across lost connections: it goes on after the last number it has seen.
// `EventSource` would put the key into the address, so the stream is read by hand.

import { headers, keyGiven, problemOf, Refused } from "./api.js";

const SLOWEST = 10_000; // milliseconds between two tries

/**
 * Follow a run until it is over or `signal` is aborted.
 * Calls `onEvent(event)` for numbered events, `onToken(data)` for growing drafts, `onState("live" | "waiting" | "over")`.
 */
export async function follow(run, { onEvent, onToken, onState, signal }) {
  let last = 0;
  let pause = 250;
  const heard = (frame) => {
    if (frame.event === "token") onToken(JSON.parse(frame.data));
    else if (Number(frame.id) > last) {
      last = Number(frame.id);
      pause = 250;
      onEvent(JSON.parse(frame.data));
    }
  };
  while (!signal.aborted) {
    try {
      const response = await fetch(`documents/${encodeURIComponent(run)}/events`, {
        headers: headers({ Accept: "text/event-stream", ...(last ? { "Last-Event-ID": String(last) } : {}) }),
        signal,
      });
      if (response.status === 401 && (await keyGiven())) continue;
      if (response.status >= 400 && response.status < 500) throw new Refused(response.status, await problemOf(response));
      if (response.ok) {
        onState("live");
        await read(response.body, heard);
        if (await isOver(run, signal)) return onState("over");
      }
    } catch (fault) {
      if (signal.aborted) return;
      if (fault instanceof Refused) throw fault;
    }
    onState("waiting");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, SLOWEST);
  }
}

async function isOver(run, signal) {
  const response = await fetch(`documents/${encodeURIComponent(run)}`, { headers: headers(), signal });
  return response.ok && ["done", "partial", "failed", "cancelled"].includes((await response.json()).status);
}

/** Read server-sent events (WHATWG HTML, section 9.2.6) and hand over each frame `{id, event, data}`. */
async function read(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (rest + value.replaceAll("\r\n", "\n")).split("\n\n");
    rest = frames.pop();
    frames.map(frameOf).filter((frame) => frame.data).forEach(heard);
  }
}

function frameOf(text) {
  const frame = { id: "", event: "message", data: "" };
  for (const line of text.split("\n")) {
    const [, name, value] = /^(id|event|data): ?(.*)$/.exec(line) || [];
    if (name === "data") frame.data += (frame.data && "\n") + value;
    else if (name) frame[name] = value;
  }
  return frame;
}
