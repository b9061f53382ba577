// The code panel: the form's request in four languages beside the raw answer. The key stands in a sample
// only while it is asked for; until then the sample reads it from the environment, and is copied so.

import { copyText } from "./clipboard.js";
import { h, replace, setText, toast } from "./dom.js";
import { icon } from "./icons.js";
import { shortened, SNIPPETS } from "./snippets.js";
import { t } from "./words.js";

/**
 * Build the panel in root. show() takes the form's body as it is now, showAnswer() what the server said.
 * @param {HTMLElement} root
 * @param {{baseUrl: string, getKey: () => string}} options
 * @returns {{show: (body: Record<string, any>) => void, showAnswer: (answer: any) => void}}
 */
export function createSamples(root, { baseUrl, getKey }) {
  const state = { body: /** @type {Record<string, any>} */ ({}), answer: /** @type {any} */ (null), language: SNIPPETS[0], isKeyShown: false };
  const sample = codeBlock({ title: "samples.request", copy: "samples.requestCopy" }, () => textOf(state.body));
  const answer = codeBlock({ title: "samples.answer", copy: "samples.answerCopy" }, () => JSON.stringify(state.answer, null, 2));
  const keyButton = h("button", { type: "button", class: "button button-small button-quiet", "aria-pressed": "false", onClick: turnKey });
  const keyHint = h("p", { class: "hint", t: "samples.keyHint" });
  const cutHint = h("p", { class: "hint", t: "samples.cutHint" });

  function textOf(/** @type {Record<string, any>} */ body) {
    return state.language.write(body, { baseUrl: baseUrl.replace(/\/$/, ""), key: state.isKeyShown ? getKey() : null });
  }

  function draw() {
    const shown = shortened(state.body);
    sample.show(textOf(shown));
    const images = [state.body.image].flat();
    cutHint.hidden = [shown.image].flat().every((image, at) => image === images[at]);
    keyButton.setAttribute("aria-pressed", String(state.isKeyShown));
    replace(keyButton, icon("key"), h("span", { t: state.isKeyShown ? "samples.hideKey" : "samples.showKey" }));
    keyHint.hidden = state.isKeyShown;
  }

  function turnKey() {
    state.isKeyShown = !state.isKeyShown && Boolean(getKey());
    draw();
  }

  function choose(/** @type {typeof SNIPPETS[0]} */ language) {
    state.language = language;
    draw();
  }

  function showAnswer(/** @type {any} */ said) {
    state.answer = said;
    answer.show(JSON.stringify(shortened(said), null, 2));
  }

  sample.head.append(languages(choose), keyButton);
  answer.showNone("samples.answerNone");
  replace(
    root,
    h("div", { class: "samples" }, h("div", { class: "sample" }, sample.element, keyHint, cutHint), h("div", { class: "sample" }, answer.element)),
  );
  draw();
  return {
    show(body) {
      state.body = body;
      draw();
    },
    showAnswer,
  };
}

/** Radio buttons: the browser moves between them by arrow keys. @param {(language: typeof SNIPPETS[0]) => void} onChoose */
function languages(onChoose) {
  return h(
    "fieldset",
    { class: "field choice" },
    h("legend", { class: "unseen", t: "samples.language" }),
    SNIPPETS.map((language, number) =>
      h(
        "label",
        {},
        h("input", { type: "radio", name: "samples-language", value: language.id, checked: number === 0, onChange: () => onChoose(language) }),
        h("span", {}, language.title),
      ),
    ),
  );
}

/**
 * A titled block of text with a copy button; what is copied is whole, what is shown may be cut.
 * @param {{title: string, copy: string}} keys of words.js
 * @param {() => string} whole
 */
function codeBlock({ title, copy: copyLabel }, whole) {
  const code = h("code");
  const copy = h("button", { type: "button", class: "button button-small button-quiet", tLabel: copyLabel, onClick: () => copyAndSay(whole()) }, icon("copy"), h("span", { t: "samples.copy" }));
  const head = h("div", { class: "code-tools" });
  const element = h(
    "div",
    { class: "code-block" },
    h("div", { class: "code-head" }, h("h2", { t: title }), copy),
    head,
    h("pre", { class: "code", role: "region", tabindex: "0", tLabel: title }, code),
  );
  return {
    element,
    head,
    show(/** @type {string} */ text) {
      code.removeAttribute("data-words");
      delete code.words;
      code.textContent = text;
      copy.hidden = false;
    },
    showNone(/** @type {string} */ key) {
      setText(code, "t", key);
      copy.hidden = true;
    },
  };
}

async function copyAndSay(/** @type {string} */ text) {
  const isCopied = await copyText(text);
  toast(t(isCopied ? "samples.copied" : "samples.notCopied"), isCopied ? "info" : "error");
}
