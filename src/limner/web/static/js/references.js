// The input pictures: dropped, pasted, picked or named by a link; their order and their problems.
// A link that a user typed is not shown as a picture, for the page asks nothing of another host.

import { announce, h, replace, setText, toast } from "./dom.js";
import { createField } from "./fields.js";
import { watchFiles } from "./file_drops.js";
import { icon } from "./icons.js";
import { createReferenceCard, nameOf } from "./reference_card.js";
import {
  countProblem,
  dataUri,
  formatOf,
  isSource,
  moved,
  referenceOf,
  referenceProblem,
} from "./reference_rules.js";
import { t } from "./words.js";

/** @typedef {import("./reference_card.js").Item} Item */

/**
 * @param {{onChange: () => void, onMention: (name: string) => void}} options
 */
export function createReferences({ onChange, onMention }) {
  /** @type {Item[]} */ let items = [];
  /** @type {ReturnType<typeof createReferenceCard>[]} */ let cards = [];
  /** @type {import("./models.js").ReferenceLimits | null} */ let limits = null;

  const list = h("ol", { class: "references", tLabel: "references.list" });
  const picker = h("input", {
    type: "file",
    id: "reference-file",
    accept: "image/*,.heic,.heif",
    multiple: true,
    hidden: true,
    onChange: picked,
  });
  const pick = button("references.pick", () => picker.click(), "image");
  const link = h("input", {
    type: "url",
    id: "reference-url",
    tLabel: "references.url",
    tPlaceholder: "references.url",
    onKeydown: onEnter,
    onInput: () => check(),
  });
  const parts = [
    list,
    h("div", { class: "drop-zone" }, pick, h("span", { class: "hint", t: "references.drop" })),
    h("div", { class: "row" }, link, button("references.add", addLink)),
    picker,
  ];
  const hint = h("p", { class: "hint", id: "references-hint" });
  const body = h("div", { class: "reference-parts" }, parts);
  const field = createField("references", body, { hint, group: true, inputs: [link] });

  function onEnter(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addLink();
  }

  function addLink() {
    const source = link.value.trim();
    if (!source) return link.focus();
    if (!isSource(source)) return field.setProblem({ key: "references.noUrl" });
    link.value = "";
    add(itemOf(source));
  }

  async function picked() {
    const files = [...picker.files];
    picker.value = "";
    await addFiles(files);
  }

  async function addFiles(/** @type {File[]} */ files) {
    for (const file of files) {
      try {
        const reference = { ...referenceOf(await dataUri(file)), format: formatOf(file) };
        add({ ...reference, label: file.name, shown: URL.createObjectURL(file) });
      } catch {
        toast(t("references.unreadable", { name: file.name }), "error");
      }
    }
  }

  function add(/** @type {Item} */ item) {
    if (!limits) return toast(t("references.none"), "error");
    items = [...items, item];
    changed();
    announce(t("references.added", { name: nameOf(items.length - 1) }));
  }

  function move(/** @type {number} */ from, /** @type {number} */ to) {
    items = moved(items, from, to);
    changed();
    cards[to]?.focus(to < from ? "earlier" : "later");
  }

  function remove(/** @type {number} */ index) {
    const { shown } = items[index];
    if (shown.startsWith("blob:")) URL.revokeObjectURL(shown);
    items = items.filter((_, at) => at !== index);
    changed();
    if (cards.length) cards[Math.min(index, cards.length - 1)].focus("remove");
    else pick.focus();
  }

  function changed() {
    draw();
    onChange();
  }

  function draw() {
    cards = items.map((item, index) =>
      createReferenceCard(item, index, items.length, {
        onMention: () => onMention(nameOf(index)),
        onMove: move,
        onRemove: () => remove(index),
        onMeasured: check,
      }),
    );
    replace(
      list,
      cards.map((card) => card.element),
    );
    list.hidden = items.length === 0;
    if (limits) setText(hint, "t", "references.hint", { count: limits.max });
    check();
  }

  /** A picture that is missing is no problem yet. */
  function check() {
    cards.forEach((card, index) => card.setProblem(limits && referenceProblem(items[index], limits)));
    field.setProblem(limits && items.length > limits.max ? countProblem(items.length, limits) : null);
  }

  function problem() {
    if (!limits) return null;
    for (const item of items) {
      const broken = referenceProblem(item, limits);
      if (broken) return broken;
    }
    return countProblem(items.length, limits);
  }

  const isInSight = () => !field.root.closest('[role="tabpanel"]')?.hidden;
  watchFiles(addFiles, () => isInSight() && !document.querySelector("dialog[open]"));
  return {
    ...field,
    /** The first rule that is broken, also that one is missing. */
    problem,
    /** What the API takes as image: nothing, one or several. */
    value: () => (items.length > 1 ? items.map((item) => item.source) : items[0]?.source),
    count: () => items.length,
    /** Add one of the server's own pictures by its link. @param {string} source @param {string} label */
    addSource: (source, label) => add({ ...referenceOf(source), label, shown: source }),
    set(/** @type {string | string[] | undefined} */ image) {
      const known = new Map(items.map((item) => [item.source, item]));
      items = [image ?? []].flat().map((source) => known.get(source) ?? itemOf(source));
      draw();
    },
    setLimits(/** @type {import("./models.js").ReferenceLimits | null} */ next) {
      limits = next;
      draw();
    },
  };
}

/** What a text names: shown if it is the picture itself, or this server's. */
function itemOf(/** @type {string} */ source) {
  const isOurs = URL.canParse(source) && new URL(source).origin === location.origin;
  return { ...referenceOf(source), label: "", shown: isOurs || source.startsWith("data:") ? source : "" };
}

function button(/** @type {string} */ key, /** @type {() => void} */ onClick, glyph = "") {
  const look = glyph ? "button button-small" : "button";
  return h("button", { type: "button", class: look, onClick }, glyph && icon(glyph), h("span", { t: key }));
}
