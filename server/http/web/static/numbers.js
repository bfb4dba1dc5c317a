// The numbers of sections, tables and evidence, as the files have them: they are given by the server, once for all.

import { get } from "./api.js";

const NONE = { sections: [], citations: [], computations: [] };

/** The numbers of a run, none before the first `fetch()`, which tells whether anything has changed. */
export function numbersOf(run) {
  let given = NONE;
  let places = new Map();
  const of = (source, address) => places.get(JSON.stringify([source, address]));
  return {
    version: 0,
    async fetch() {
      const told = await get(`/documents/${run}/numbers`).catch(() => given);
      if (JSON.stringify(told) === JSON.stringify(given)) return false;
      given = told;
      places = new Map(told.citations.map(({ source, address, number }) => [JSON.stringify([source, address]), number]));
      this.version += 1;
      return true;
    },
    section: (id) => given.sections.find((section) => section.id === id)?.number,
    parts: (id) => given.sections.find((section) => section.id === id)?.parts || [],
    cited: (source) => given.citations.filter((one) => one.source === source).length,
    citation: of,
    /** The numbers of a claim's evidence, ascending. */
    citations: (claim) => [...new Set(claim.evidence.map((one) => of(one.source, one.address)).filter(Boolean))].sort((a, b) => a - b),
    computation: (how) => given.computations.find((one) => one.how === how)?.mark,
  };
}
