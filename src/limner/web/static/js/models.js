// The models that the key may use: their order, their names, and what their cards say. Pure: no elements.

import { presetsOf } from "./sizes.js";
import { t } from "./words.js";

/**
 * @typedef {import("./sizes.js").SizeCard & {id: string, title: string, names: string[], max_series: number,
 *   output_formats: string[], prompt_modes: string[], fields: Record<string, string>,
 *   guidance_scale?: {default: number, min: number, max: number}, references?: ReferenceLimits}} Card
 * @typedef {{min: number, max: number, max_bytes: number, min_side: number, max_pixels: number,
 *   max_ratio: number, formats: string[]}} ReferenceLimits
 * @typedef {{id: string, created: number, card: Card}} Model
 */

/** The newest first, other names of a model behind all of them. @param {Model[]} models @returns {Model[]} */
export function inOrder(models) {
  const isAlias = (/** @type {Model} */ model) => Number(model.id !== model.card.id);
  return [...models].sort((one, other) => isAlias(one) - isAlias(other) || other.created - one.created);
}

/** The model that a request means by a name. @param {Model[]} models @param {string} [name] */
export function findModel(models, name = "") {
  return models.find((model) => model.id === name) ?? models.find((model) => model.card.names.includes(name));
}

/** What a list calls a model. @param {Model} model */
export function titleOf(model) {
  return model.id === model.card.id ? model.card.title : `${model.id} (${model.card.title})`;
}

/** Whether a field of the request has an effect with this model. @param {Card} card @param {string} field */
export function accepts(card, field) {
  return (card.fields[field] ?? "use") === "use";
}

/** The controls that a card has a use for, by name. @param {Card} card @returns {Record<string, boolean>} */
export function controlsOf(card) {
  return {
    references: Boolean(card.references) && accepts(card, "image"),
    guidance: Boolean(card.guidance_scale) && accepts(card, "guidance_scale"),
    series: card.max_series > 0 && accepts(card, "sequential_image_generation"),
    format: card.output_formats.length > 1 && accepts(card, "output_format"),
    mode: card.prompt_modes.length > 1 && accepts(card, "optimize_prompt_options"),
  };
}

/** What a model can do, in a line. @param {Card} card @returns {string} */
export function abilities(card) {
  const said = [];
  if (presetsOf(card).length) said.push(presetsOf(card).join(", "));
  if (controlsOf(card).references) said.push(t("form.canReferences", { count: card.references?.max }));
  if (controlsOf(card).series) said.push(t("form.canSeries", { count: card.max_series }));
  if (controlsOf(card).format) said.push(card.output_formats.join(", "));
  return said.join(" · ");
}
