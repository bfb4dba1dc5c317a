// Sources: files and folders, chosen or dropped, with their sizes. What cannot be read is named, and stays out.

import { fill, h } from "./dom.js";

/** The field, the files that can be read by their names, and those that cannot with the reason. `limits` is what the server takes. */
export function sourceField(limits) {
  const held = new Map(); // by name: {file, reason}
  const names = h("ul", { class: "files", "aria-label": "Chosen sources" });
  const told = h("p", { class: "hint", role: "status" });
  const draw = () => {
    fill(names, [...held].sort(([one], [other]) => one.localeCompare(other)).map(([name, { file, reason }]) => row(name, file, reason, () => (held.delete(name), draw()))));
    told.textContent = summary([...held.values()], limits);
  };
  const add = (found) => {
    for (const { name, file } of found) if (!isHidden(name)) held.set(name, { file, reason: whyNot(name, file, limits) });
    draw();
  };
  const picker = (id, folder) => {
    const input = h("input", { type: "file", id, multiple: true, webkitdirectory: folder, class: "visually-hidden", onchange: () => (add([...input.files].map(named)), (input.value = "")) });
    return [input, h("label", { for: id, class: "button" }, folder ? "Choose a folder" : "Choose files")];
  };
  const element = h(
    "fieldset",
    {
      class: "drop",
      "data-field": "sources",
      ondragover: (e) => (e.preventDefault(), element.classList.add("over")),
      ondragleave: () => element.classList.remove("over"),
      ondrop: async (e) => (e.preventDefault(), element.classList.remove("over"), add(await dropped(e.dataTransfer))),
    },
    h("legend", {}, "Sources"),
    h("p", { class: "hint" }, `What the document is written from. Drop files or a folder here, or choose them: ${limits.endings.map((ending) => ending.slice(1)).join(", ")}.`),
    h("div", { class: "buttons" }, picker("files", false), picker("folder", true)),
    names,
    told,
  );
  const chosen = (readable) => [...held].filter(([, { reason }]) => (reason === "") === readable);
  return {
    element,
    files: () => chosen(true).map(([name, { file }]) => ({ name, file })),
    leftOut: () => chosen(false).map(([name, { reason }]) => ({ name, reason })),
  };
}

function named(file) {
  return { name: file.webkitRelativePath || file.name, file };
}

/** What a system keeps for itself is no source: `.DS_Store`, `.git/…`. */
function isHidden(name) {
  return name.split("/").some((part) => part.startsWith("."));
}

function whyNot(name, file, limits) {
  const ending = /\.[^./]+$/.exec(name)?.[0].toLowerCase() || "";
  if (!limits.endings.includes(ending)) return `files of the type ${ending || "without an ending"} cannot be read`;
  if (file.size > limits.source_bytes) return `it is larger than ${size(limits.source_bytes)}`;
  return file.size ? "" : "it is empty";
}

function row(name, file, reason, remove) {
  return h(
    "li",
    { class: reason && "unread" },
    h("span", { class: "name" }, name),
    h("span", { class: "hint" }, reason ? `left out: ${reason}` : size(file.size)),
    h("button", { type: "button", class: "close", "aria-label": `Remove ${name}`, onclick: remove }, "×"),
  );
}

function summary(held, limits) {
  const read = held.filter(({ reason }) => !reason);
  const total = read.reduce((sum, { file }) => sum + file.size, 0);
  if (!held.length) return "";
  const said = `${read.length} of ${held.length} can be read, ${size(total)} in all.`;
  if (read.length > limits.sources) return `${said} That is more than ${limits.sources} files: remove some.`;
  return total > limits.total_bytes ? `${said} That is more than ${size(limits.total_bytes)}: remove some.` : said;
}

/** A size in words: `612 bytes`, `4.1 kB`, `2.0 MB`. */
export function size(bytes) {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  return (await Promise.all(entries.map((entry) => filesIn(entry, "")))).flat();
}

/** The files of a folder that was dropped, with those of the folders in it. */
async function filesIn(entry, under) {
  const name = `${under}${entry.name}`;
  if (entry.isFile) return [{ name, file: await new Promise((found, failed) => entry.file(found, failed)) }];
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((found, failed) => reader.readEntries(found, failed)); // a hundred at a time
    if (!some.length) break;
    all.push(...some);
  }
  return (await Promise.all(all.map((each) => filesIn(each, `${name}/`)))).flat();
}
