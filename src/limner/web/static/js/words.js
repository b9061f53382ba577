// The page's texts: t() gives one in the language of now. Keys begin with their module's name.
// {name} in a text is filled from values; "key.one" is taken instead of "key" when values.count is 1.

import { en } from "./words.en.js";
import { zh } from "./words.zh.js";

/** @type {Record<string, Record<string, string>>} */
const LANGUAGES = { en, zh };
const TAGS = { en: "en", zh: "zh-CN" };
/** @type {Set<() => void>} */
const listeners = new Set();
let language = "en";

/** The text of a key. @param {string} key @param {Record<string, any>} [values] @returns {string} */
export function t(key, values = {}) {
  const words = LANGUAGES[language];
  const text = (values.count === 1 && words[`${key}.one`]) || words[key] || en[key] || key;
  return text.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

/** "en" or "zh". @returns {string} */
export function currentLanguage() {
  return language;
}

/** The tag for Intl: en or zh-CN. @returns {string} */
export function locale() {
  return TAGS[/** @type {"en"|"zh"} */ (language)];
}

/** What the browser asks for, of what there is. @returns {string} */
export function preferredLanguage() {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => tag in LANGUAGES) ?? "en";
}

/** Switch, and tell everyone who listens. @param {string} wanted */
export function setLanguage(wanted) {
  language = wanted in LANGUAGES ? wanted : "en";
  document.documentElement.lang = locale();
  for (const listener of listeners) listener();
}

/** Call listener after each switch: for texts that h() does not keep by itself. @param {() => void} listener */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** A number as people of this language write it. @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
  return new Intl.NumberFormat(locale(), options).format(value);
}
