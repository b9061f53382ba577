// The input pictures: dropped, pasted, picked or named by a link; their order, labels and problems.
// A link that a user typed is not shown as a picture, for the page asks nothing of another host.

import { announce, h, replace, setText, toast } from "./dom.js";
import { createField, showProblem } from "./fields.js";
import { icon } from "./icons.js";
import { countProblem, dataUri, formatOf, isSource, moved, referenceOf, referenceProblem } from "./reference_rules.js";
import { t } from "./words.js";

const DRAGGED = "application/x-limner-reference";

/**
 * @param {{onChange: () => void, onMention: (text: string) => void}} options
 */
export function createReferences({ onChange, onMention }) {
  /** @type {any[]} */ let items = [];
  /** @type {any} */ let limits = null;

  const list = h("ol", { class: "references", tLabel: "references.list" });
  const picker = h("input", { type: "file", id: "reference-file", accept: "image/*", multiple: true, hidden: true, onChange: picked });
  const link = h("input", { type: "url", id: "reference-url", tLabel: "references.url", tPlaceholder: "references.url", onKeydown: onEnter });
  const zone = h(
    "div",
    { class: "drop-zone" },
    h("button", { type: "button", class: "button button-small", onClick: () => picker.click() }, icon("image"), h("span", { t: "references.pick" })),
    h("span", { class: "hint", t: "references.drop" }),
  );
  const add = h("button", { type: "button", class: "button", onClick: addLink }, h("span", { t: "references.add" }));
  const parts = h("div", { class: "reference-parts" }, list, zone, h("div", { class: "row" }, link, add), picker);
  const hint = h("p", { class: "hint", id: "references-hint" });
  const field = createField("references", parts, { hint, group: true, inputs: [link] });

  function onEnter(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addLink();
  }

  function addLink() {
    const text = link.value.trim();
    if (!text) return link.focus();
    if (!isSource(text)) return field.setProblem({ key: "references.noUrl" });
    link.value = "";
    addSource(text, "", { isOurs: isSameOrigin(text) });
  }

  async function picked() {
    const files = [...picker.files];
    picker.value = "";
    await addFiles(files);
  }

  async function addFiles(/** @type {File[]} */ files) {
    for (const file of files) {
      try {
        addItem({ ...referenceOf(await dataUri(file)), format: formatOf(file), label: file.name, shown: URL.createObjectURL(file) });
      } catch {
        toast(t("references.unreadable", { name: file.name }), "error");
      }
    }
  }

  function addSource(source, label, { isOurs = true } = {}) {
    addItem({ ...referenceOf(source), label, shown: isOurs || source.startsWith("data:") ? source : "" });
  }

  function addItem(item) {
    if (!limits) return toast(t("references.none"), "error");
    items = [...items, item];
    changed();
    announce(t("references.added", { name: nameOf(items.length - 1) }));
  }

  function move(from, to) {
    items = moved(items, from, to);
    changed();
  }

  function remove(index) {
    const [gone] = items.splice(index, 1);
    if (gone.shown.startsWith("blob:")) URL.revokeObjectURL(gone.shown);
    changed();
    const left = list.querySelectorAll(".reference-remove");
    (left[Math.min(index, left.length - 1)] ?? zone.querySelector("button")).focus();
  }

  function endDrag(event, index) {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    move(Number(event.dataTransfer.getData(DRAGGED)), index);
  }

  function changed() {
    draw();
    onChange();
  }

  function draw() {
    replace(list, items.map(drawItem));
    list.hidden = items.length === 0;
    if (limits) setText(hint, "t", "references.hint", { count: limits.max });
    check();
  }

  function drawItem(item, index) {
    const error = h("p", { class: "field-error" });
    const picture = item.shown ? h("img", { src: item.shown, alt: "", draggable: "false" }) : h("span", { class: "reference-link" }, icon("link"), h("span", {}, hostOf(item.source)));
    if (item.shown) measure(item, picture);
    item.place = error;
    const mention = h("button", { type: "button", class: "reference-name", tTitle: "references.mention", onClick: () => onMention(nameOf(index)) }, h("span", { t: "references.name", values: { number: index + 1 } }));
    return h(
      "li",
      { class: "reference", draggable: "true", title: item.label || null, onDragstart: (event) => startDrag(event, index), onDragover: allowDrag, onDrop: (event) => endDrag(event, index) },
      h("div", { class: "reference-picture" }, picture),
      mention,
      h("div", { class: "reference-tools" }, tool("left", "references.earlier", index, () => move(index, index - 1), index === 0), tool("right", "references.later", index, () => move(index, index + 1), index === items.length - 1), tool("close", "references.remove", index, () => remove(index), false, "reference-remove")),
      error,
    );
  }

  function tool(glyph, key, index, onClick, disabled, look = "") {
    return h("button", { type: "button", class: `reference-tool ${look}`, tLabel: key, tTitle: key, values: { number: index + 1 }, disabled, onClick }, icon(glyph));
  }

  function measure(item, picture) {
    picture.addEventListener("load", () => {
      [item.width, item.height] = [picture.naturalWidth, picture.naturalHeight];
      check();
    });
    picture.addEventListener("error", () => picture.replaceWith(h("span", { class: "reference-link" }, icon("image"), h("span", {}, item.format ?? hostOf(item.source)))));
  }

  function check() {
    for (const item of items) if (item.place) showProblem(item.place, [], limits && referenceProblem(item, limits));
    const tooMany = limits && items.length > limits.max;
    field.setProblem(tooMany ? countProblem(items.length, limits) : null);
  }

  listenForFiles(addFiles, () => Boolean(limits));
  return {
    ...field,
    addSource,
    /** What the API takes as image: nothing, one or several. */
    value: () => (items.length > 1 ? items.map((item) => item.source) : items[0]?.source),
    count: () => items.length,
    /** The first rule that is broken, also that one is missing. */
    problem: () => limits && (items.map((item) => referenceProblem(item, limits)).find(Boolean) ?? countProblem(items.length, limits)),
    set(/** @type {string | string[] | undefined} */ image) {
      items = [image ?? []].flat().map((source) => items.find((item) => item.source === source) ?? { ...referenceOf(source), label: "", shown: source.startsWith("data:") || isSameOrigin(source) ? source : "" });
      draw();
    },
    setLimits(/** @type {any} */ next) {
      limits = next;
      draw();
    },
  };
}

/** What prompts call the picture. */
function nameOf(index) {
  return t("references.name", { number: index + 1 });
}

function hostOf(source) {
  return URL.canParse(source) ? new URL(source).hostname : source.slice(0, 24);
}

function isSameOrigin(source) {
  return URL.canParse(source) && new URL(source).origin === location.origin;
}

function startDrag(event, index) {
  event.dataTransfer.setData(DRAGGED, String(index));
  event.dataTransfer.effectAllowed = "move";
}

function allowDrag(event) {
  if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
}

/** Files that are dropped or pasted anywhere on the page; a miss must not open the file in its place. */
function listenForFiles(addFiles, isWanted) {
  const pictures = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name));
  const over = (event) => event.dataTransfer.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!over(event)) return;
    event.preventDefault();
    document.body.classList.toggle("is-dropping", isWanted());
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("is-dropping"));
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("is-dropping");
    if (!over(event)) return;
    event.preventDefault();
    const files = pictures(event.dataTransfer);
    if (files.length) addFiles(files);
    else toast(t("references.noPicture"), "error");
  });
  document.addEventListener("paste", (event) => {
    const files = pictures(event.clipboardData);
    if (!files.length || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    addFiles(files);
  });
}
