// Bars by day, stacked by series, drawn as SVG at a width in pixels. It knows numbers and names only; who
// cannot see it reads the table beside it.

import { svg } from "./dom.js";

const HEIGHT = 240;
const MARGIN = { top: 12, right: 4, bottom: 24, left: 48 };
const MOST_BAR = 48;
const LABEL_WIDTH = 84;
const TICKS = 4;
const STEPS = [1, 2, 2.5, 5, 10];

/** @typedef {{title: string, values: number[]}} Series values: one a day; its colour goes by its number */

/**
 * The chart. label: what it shows, in a sentence. dayName and amount write a day and a number as text.
 * @param {{days: string[], series: Series[], width: number, isWhole: boolean, label: string,
 *   dayName: (day: string) => string, amount: (value: number) => string}} chart
 */
export function drawBars({ days, series, width, isWhole, label, dayName, amount }) {
  const totals = days.map((_, at) => series.reduce((sum, one) => sum + one.values[at], 0));
  const ticks = ticksUpTo(Math.max(...totals, 0), isWhole);
  const inner = { width: Math.max(1, width - MARGIN.left - MARGIN.right), height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const y = (/** @type {number} */ value) => MARGIN.top + inner.height * (1 - value / ticks[ticks.length - 1]);
  const slot = inner.width / days.length;
  const bar = Math.max(1, Math.min(MOST_BAR, slot * 0.7));
  const x = (/** @type {number} */ at) => MARGIN.left + slot * (at + 0.5);
  const every = Math.ceil(LABEL_WIDTH / slot);
  return svg(
    "svg",
    { class: "chart", role: "img", "aria-label": label, width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    ticks.map((value) => [
      svg("line", { class: "chart-grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value) }),
      svg("text", { class: "chart-text", x: MARGIN.left - 8, y: y(value) + 4, "text-anchor": "end" }, amount(value)),
    ]),
    days.map((day, at) => stack(series, at, { x: x(at) - bar / 2, width: bar, y, title: dayName(day), amount })),
    days.map((day, at) => (days.length - 1 - at) % every === 0 && svg("text", { class: "chart-text", x: Math.min(x(at), width - LABEL_WIDTH / 3), y: HEIGHT - 6, "text-anchor": "middle" }, dayName(day))),
  );
}

/** One day's bars, one upon the other; a pointer that rests on one is told what it stands for. */
function stack(/** @type {Series[]} */ series, /** @type {number} */ at, /** @type {any} */ { x, width, y, title, amount }) {
  let below = 0;
  return series.map(({ title: name, values }, number) => {
    const value = values[at];
    if (!value) return null;
    const [bottom, top] = [y(below), y((below += value))];
    const text = svg("title", {}, `${title}: ${name}, ${amount(value)}`);
    return svg("rect", { class: `chart-bar series-${number}`, x, width, y: top, height: Math.max(1, bottom - top), rx: 1 }, text);
  });
}

/** Round numbers from 0 to the first that is not below the most. @returns {number[]} */
export function ticksUpTo(/** @type {number} */ most, /** @type {boolean} */ isWhole) {
  if (!(most > 0)) return [0, 1];
  const rough = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(isWhole ? 1 : 0, (STEPS.find((factor) => factor * power >= rough) ?? 10) * power);
  const whole = isWhole ? Math.ceil(step) : step;
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, at) => at * whole);
}
