// Talks to the server. A key, where one is needed, lives as long as the tab and travels in a header, never in an address.

const KEY = "quire-key";

/** The server refused: `problem` is its problem document (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.errors = problem.errors || [];
  }
}

export function headers(more = {}) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, Authorization: `Bearer ${key}` } : more;
}

/** Where a path of the API is: beside the page, which may be mounted anywhere. */
const at = (path) => path.replace(/^\//, "");

/** Ask, and ask for the key first where the server wants one. */
export async function ask(path, options = {}) {
  const response = await fetch(at(path), { ...options, headers: headers(options.headers) });
  if (response.ok) return response;
  if (response.status === 401 && (await keyGiven())) return ask(path, options);
  throw new Refused(response.status, await problemOf(response));
}

export async function get(path) {
  return (await ask(path, { headers: { Accept: "application/json" } })).json();
}

export async function post(path, body) {
  const sent = body instanceof FormData ? { body } : { body: JSON.stringify(body || {}), headers: { "Content-Type": "application/json" } };
  return (await ask(path, { method: "POST", ...sent })).json();
}

/** Send a form whose files may be large. `onShare` hears how much of it is sent, from 0 to 1. */
export async function upload(path, form, onShare) {
  const { status, problem, made } = await new Promise((settled, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", at(path));
    request.responseType = "json";
    for (const [name, value] of Object.entries(headers({ Accept: "application/json" }))) request.setRequestHeader(name, value);
    request.upload.onprogress = (sent) => sent.lengthComputable && onShare(sent.loaded / sent.total);
    request.onerror = () => failed(new Refused(0, { detail: "the server cannot be reached: try again" }));
    request.onload = () => settled({ status: request.status, problem: request.response || {}, made: request.response });
    request.send(form);
  });
  if (status >= 200 && status < 300) return made;
  if (status === 401 && (await keyGiven())) return upload(path, form, onShare);
  throw new Refused(status, problem);
}

/** Save what an address gives as a file, under the name that the server gives it (RFC 6266). */
export async function download(path) {
  const answer = await ask(path);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition"))?.[1] || "document");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return { title: `the server answered ${response.status}` };
  }
}

let asking = null;

/** Ask the person for a key; several requests that were refused at once ask once. */
export function keyGiven() {
  asking ||= import("./key.js").then(({ askForKey }) => askForKey()).finally(() => (asking = null));
  return asking.then((key) => {
    if (key) sessionStorage.setItem(KEY, key);
    return Boolean(key);
  });
}
