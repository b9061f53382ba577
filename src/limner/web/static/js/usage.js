// The usage of the key: pictures and megapixels by day and model, as bars and as a table. Days are those of
// UTC, as the bill has them.

import { drawBars } from "./chart.js";
import { h, replace } from "./dom.js";
import { failure } from "./history.js";
import { locale, number, onLanguage, t } from "./words.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_SERIES = 6;
/** Days up to today by the name of the period; the month so far has none. @type {Record<string, number | null>} */
const PERIODS = { week: 7, days30: 30, month: null, days90: 90 };
const METRICS = ["pictures", "megapixels"];
/** @type {Record<string, Intl.NumberFormatOptions>} */
const FORMATS = { megapixels: { maximumFractionDigits: 1 } };
const SUMS = ["pictures", "megapixels", "requests", "tokens"];
const COLUMNS = ["pictures", "megapixels", "tokens", "requests", "refused", "failed", "cancelled"];

/** @typedef {{model: string, day: string, requests: number, refused: number, failed: number, cancelled: number,
 *   pictures: number, megapixels: number, tokens: number}} Row as GET /v1/usage?by=model,day has it */

/**
 * Build the page in root; refresh() asks for the period that is chosen.
 * @param {HTMLElement} root
 * @param {{api: any}} options
 * @returns {{refresh: () => Promise<void>}}
 */
export function createUsage(root, { api }) {
  const state = { period: "days30", metric: "pictures", rows: /** @type {Row[]} */ ([]), days: /** @type {string[]} */ ([]), asked: 0 };
  const sums = h("dl", { class: "usage-sums" });
  const chart = h("div", { class: "usage-chart" });
  const legend = h("ul", { class: "usage-legend" });
  const table = h("div", { class: "usage-table", role: "region", tabindex: "0", tLabel: "usage.caption" });
  const body = h("div", { class: "usage-body", hidden: true }, sums, h("div", { class: "card usage-card" }, chart, legend), table);
  const message = h("div");

  async function refresh() {
    const turn = ++state.asked;
    const days = daysOf(state.period, Date.now());
    try {
      const answer = await api.usage({ by: "model,day", since: days[0], until: days[days.length - 1] });
      if (turn !== state.asked) return;
      Object.assign(state, { rows: answer.data, days });
      replace(message);
      body.hidden = false;
      draw();
    } catch (error) {
      if (turn !== state.asked) return;
      body.hidden = true;
      replace(message, failure(/** @type {Error} */ (error), refresh));
    }
  }

  function draw() {
    replace(sums, SUMS.map((name) => sum(name, total(state.rows, name))));
    drawChart();
    replace(table, state.rows.length ? tableOf(state.rows) : h("p", { class: "empty", t: "usage.none" }));
  }

  function drawChart() {
    const series = seriesOf(state.rows, state.days, state.metric);
    replace(legend, series.map(({ title }, at) => h("li", {}, h("span", { class: `swatch series-${at}` }), title)));
    if (!chart.clientWidth) return;
    const amount = (/** @type {number} */ value) => number(value, FORMATS[state.metric]);
    const values = { total: amount(total(state.rows, state.metric)), count: state.days.length };
    const label = t(`usage.label.${state.metric}`, values);
    const isWhole = state.metric === "pictures";
    replace(chart, drawBars({ days: state.days, series, width: chart.clientWidth, isWhole, label, dayName: shortDay, amount }));
  }

  new ResizeObserver(() => drawChart()).observe(chart);
  onLanguage(draw);
  const choose = (/** @type {"period" | "metric"} */ what, /** @type {() => void} */ show) => (/** @type {string} */ value) => {
    state[what] = value;
    show();
  };
  replace(
    root,
    h(
      "div",
      { class: "page-head" },
      h("h2", { t: "usage.title" }),
      choice("period", Object.keys(PERIODS), state.period, choose("period", refresh)),
      choice("metric", METRICS, state.metric, choose("metric", drawChart)),
    ),
    message,
    body,
  );
  return { refresh };
}

/** Radio buttons for a few values. */
function choice(/** @type {string} */ name, /** @type {string[]} */ values, /** @type {string} */ chosen, /** @type {(value: string) => void} */ onChoose) {
  return h(
    "fieldset",
    { class: "field choice" },
    h("legend", { class: "unseen", t: `usage.${name}` }),
    values.map((value) =>
      h(
        "label",
        {},
        h("input", { type: "radio", name: `usage-${name}`, value, checked: value === chosen, onChange: () => onChoose(value) }),
        h("span", { t: `usage.${value}` }),
      ),
    ),
  );
}

const sum = (/** @type {string} */ name, /** @type {number} */ value) =>
  h("div", { class: "card usage-sum" }, h("dt", { t: `usage.${name}` }), h("dd", {}, number(value, FORMATS[name])));

const total = (/** @type {Row[]} */ rows, /** @type {string} */ name) =>
  rows.reduce((sum, /** @type {any} */ row) => sum + row[name], 0);

/** The days of a period, YYYY-MM-DD, today the last. @returns {string[]} */
export function daysOf(/** @type {string} */ period, /** @type {number} */ nowMs) {
  const count = PERIODS[period] ?? new Date(nowMs).getUTCDate();
  return Array.from({ length: count }, (_, at) => new Date(nowMs - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10));
}

/** For each model its values by day, the one with the most first; models beyond the sixth are one. */
export function seriesOf(/** @type {Row[]} */ rows, /** @type {string[]} */ days, /** @type {string} */ metric) {
  const models = [...new Set(rows.map((row) => row.model))].map((model) => {
    const own = rows.filter((row) => row.model === model);
    const values = days.map((day) => total(own.filter((row) => row.day === day), metric));
    return { title: nameOf(model), values, sum: total(own, metric) };
  });
  const shown = models.filter((model) => model.sum > 0).sort((one, other) => other.sum - one.sum);
  if (shown.length <= MOST_SERIES) return shown;
  const rest = shown.splice(MOST_SERIES - 1);
  const values = days.map((_, at) => rest.reduce((sum, model) => sum + model.values[at], 0));
  return [...shown, { title: t("usage.others"), values, sum: 0 }];
}

/** A request that named no model that there is has none. */
const nameOf = (/** @type {string} */ model) => model || t("usage.noModel");

const shortDay = (/** @type {string} */ day) =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));

function tableOf(/** @type {Row[]} */ rows) {
  const newestFirst = [...rows].sort((one, other) => other.day.localeCompare(one.day) || one.model.localeCompare(other.model));
  const head = h("tr", {}, h("th", { scope: "col", t: "usage.day" }), h("th", { scope: "col", t: "usage.model" }), COLUMNS.map((name) => h("th", { scope: "col", class: "number", t: `usage.${name}` })));
  const lines = newestFirst.map((/** @type {any} */ row) =>
    h("tr", {}, h("th", { scope: "row" }, row.day), h("td", {}, nameOf(row.model)), COLUMNS.map((name) => h("td", { class: "number" }, number(row[name], FORMATS[name])))),
  );
  return h("table", {}, h("caption", { t: "usage.caption" }), h("thead", {}, head), h("tbody", {}, lines));
}
