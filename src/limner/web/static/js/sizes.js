// Sizes held against a model's card: what may be chosen, and which rule a size breaks. Pure: no elements.

/**
 * @typedef {{default_size: string, presets: Record<string, Record<string, string>>,
 *   min_pixels: number, max_pixels: number, max_ratio: number}} SizeCard a model's card, as far as sizes go
 * @typedef {{key: string, values?: Record<string, any>}} Problem a text of words.js
 * @typedef {{preset: string, ratio: string, width: number, height: number}} SizeChoice
 *   preset "": exactly width x height; ratio "": the model chooses
 */

const MEGA = 1_000_000;
const STEP = 16;
const LARGEST_SIDE = 999_999;
const RATIOS = ["1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9"];
const EXACT = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/i;

/** Width and height of "WxH"; null for anything else. @param {string} text */
export function parseSize(text) {
  const match = EXACT.exec(text);
  return match && { width: Number(match[1]), height: Number(match[2]) };
}

/** Names of the sizes that a card knows besides WxH. @param {SizeCard} card */
export function presetsOf(card) {
  return Object.keys(card.presets).filter((name) => Object.keys(card.presets[name]).length > 0);
}

/** Whether a size may be given in pixels. @param {SizeCard} card */
export function takesExact(card) {
  return card.max_pixels > 0;
}

/**
 * Ratios and their sizes: the card's table for a preset; without one, as many pixels as the default size has.
 * @param {SizeCard} card @param {string} preset @returns {Record<string, string>}
 */
export function ratioSizes(card, preset) {
  if (preset) return card.presets[preset] ?? {};
  const usual = parseSize(card.default_size);
  if (!usual) return {};
  return Object.fromEntries(RATIOS.map((ratio) => [ratio, sizeOfRatio(ratio, usual.width * usual.height)]));
}

function sizeOfRatio(/** @type {string} */ ratio, /** @type {number} */ pixels) {
  const [across, down] = ratio.split(":").map(Number);
  const stepped = (/** @type {number} */ side) => Math.floor(side / STEP) * STEP;
  return `${stepped(Math.sqrt((pixels * across) / down))}x${stepped(Math.sqrt((pixels * down) / across))}`;
}

/**
 * The rule that a size in pixels breaks; null when it breaks none.
 * @param {number} width @param {number} height @param {SizeCard} card @returns {Problem | null}
 */
export function sizeProblem(width, height, card) {
  const sides = [width, height];
  if (!sides.every((side) => Number.isInteger(side) && side > 0 && side <= LARGEST_SIDE))
    return { key: "size.whole" };
  const pixels = width * height;
  const broken = (/** @type {string} */ key, /** @type {number} */ limit) => ({
    key,
    values: { pixels: grouped(pixels), limit: grouped(limit) },
  });
  if (pixels < card.min_pixels) return broken("size.tooFew", card.min_pixels);
  if (pixels > card.max_pixels) return broken("size.tooMany", card.max_pixels);
  if (Math.max(...sides) > card.max_ratio * Math.min(...sides))
    return { key: "size.tooLong", values: { ratio: card.max_ratio } };
  return null;
}

/** The rule itself. @param {SizeCard} card @returns {Problem} */
export function sizeRule(card) {
  return {
    key: "size.rule",
    values: { min: megapixels(card.min_pixels), max: megapixels(card.max_pixels), ratio: card.max_ratio },
  };
}

/** In full, for a limit may be missed by one; both languages group digits so. */
function grouped(/** @type {number} */ pixels) {
  return pixels.toLocaleString("en");
}

/** Pixels in millions. @param {number} pixels */
export function megapixels(pixels) {
  return String(Number((pixels / MEGA).toFixed(2)));
}

/**
 * The choice behind a size of the API: the preset that has it, else exactly it, else the card's default.
 * @param {SizeCard} card @param {string} [size] @returns {SizeChoice}
 */
export function choiceOf(card, size = "") {
  const usual = parseSize(card.default_size) ?? { width: 0, height: 0 };
  const named = presetsOf(card).find((preset) => preset.toLowerCase() === size.toLowerCase());
  if (named) return { preset: named, ratio: "", ...usual };
  const exact = parseSize(size);
  if (!exact) return size === card.default_size ? { preset: "", ratio: "", ...usual } : startOf(card, usual);
  for (const preset of presetsOf(card))
    for (const [ratio, text] of Object.entries(card.presets[preset]))
      if (text === size.toLowerCase()) return { preset, ratio, ...exact };
  return { preset: "", ratio: "", ...exact };
}

function startOf(/** @type {SizeCard} */ card, /** @type {{width: number, height: number}} */ usual) {
  const preset = presetsOf(card).find((name) =>
    Object.values(card.presets[name]).includes(card.default_size),
  );
  return { preset: preset ?? presetsOf(card)[0] ?? "", ratio: "", ...usual };
}

/** The size of a choice as the API takes it; "" for the card's default. @param {SizeCard} card @param {SizeChoice} choice */
export function sizeText(card, choice) {
  if (choice.preset) return choice.ratio ? card.presets[choice.preset][choice.ratio] : choice.preset;
  return takesExact(card) ? `${choice.width}x${choice.height}` : "";
}

/**
 * The nearest choice that another card accepts.
 * @param {SizeChoice} choice @param {SizeCard} card @returns {SizeChoice}
 */
export function carriedOver(choice, card) {
  const usual = choiceOf(card);
  if (!choice.preset)
    return takesExact(card) && !sizeProblem(choice.width, choice.height, card) ? choice : usual;
  const preset = choice.preset in card.presets ? choice.preset : usual.preset;
  return { ...usual, preset, ratio: preset && choice.ratio in card.presets[preset] ? choice.ratio : "" };
}
