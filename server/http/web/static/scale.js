// Time on the scale of work, so that one long wait does not squeeze everything else. Pure.

const CRACK = 0.015; // share of the whole that a time takes in which nobody worked, however long it was

/** Make a function from seconds to a share of the width, from 0 to 1. `pauses` are `{start, end}` in seconds, in order. */
export function scaleOf(seconds, pauses) {
  const idle = pauses.reduce((sum, { start, end }) => sum + end - start, 0);
  const worked = Math.max(seconds - idle, 0.001);
  const crack = worked * CRACK;
  const whole = worked + crack * pauses.length;
  const within = (at, { start, end }) => (at >= end ? crack : (crack * (at - start)) / (end - start || 1));
  return (at) => {
    const before = pauses.filter(({ start }) => start < at);
    const skipped = before.reduce((sum, { start, end }) => sum + Math.min(at, end) - start, 0);
    return (at - skipped + before.reduce((sum, pause) => sum + within(at, pause), 0)) / whole;
  };
}
