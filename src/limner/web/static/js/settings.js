// What this browser keeps: the key, the colours and the language; and the controls that change them.
// The key leaves this module only through getKey(), for requests to this server.

import { h, replace, setText, translate } from "./dom.js";
import { icon } from "./icons.js";
import { currentLanguage, onLanguage, preferredLanguage, setLanguage, t } from "./words.js";

const PREFIX = "limner.";
const THEMES = ["auto", "light", "dark"];
const THEME_ICONS = { auto: "contrast", light: "sun", dark: "moon" };

/** The key, or "". @returns {string} */
export function getKey() {
  return read("key");
}

/** Apply what is kept; before anything is drawn. */
export function applySettings() {
  showTheme(read("theme") || "auto");
  onLanguage(() => (document.title = t("app.title")));
  setLanguage(read("language") || preferredLanguage());
}

/**
 * The header's buttons. onKey is called when another key is to be used; it rejects one that is wrong.
 * @param {HTMLElement} root
 * @param {{onKey: () => Promise<void>}} options
 * @returns {{askForKey: (wrong?: boolean) => void}}
 */
export function createSettings(root, { onKey }) {
  const keyText = h("span", { class: "tool-text" });
  const dialog = createKeyDialog(async () => {
    showKey();
    await onKey();
  });

  function showKey() {
    setText(keyText, "t", getKey() ? "settings.key" : "settings.keyNone");
  }

  function switchLanguage() {
    setLanguage(currentLanguage() === "en" ? "zh" : "en");
    write("language", currentLanguage());
    translate();
  }

  showKey();
  replace(
    root,
    h("a", { class: "tool tool-wide", href: "docs", t: "app.reference" }),
    h("button", {
      type: "button",
      class: "tool",
      id: "language",
      t: "settings.language",
      tLabel: "settings.languageLabel",
      onClick: switchLanguage,
    }),
    themeButton(),
    h(
      "button",
      { type: "button", class: "tool tool-key", id: "key", onClick: () => dialog.open() },
      icon("key"),
      keyText,
    ),
  );
  return { askForKey: (wrong = false) => dialog.open(wrong ? "settings.keyWrong" : "") };
}

function themeButton() {
  const button = h("button", { type: "button", class: "tool", id: "theme", onClick: turn });
  function show() {
    const theme = read("theme") || "auto";
    replace(button, icon(THEME_ICONS[theme]));
    setText(button, "tLabel", `settings.theme.${theme}`);
    setText(button, "tTitle", `settings.theme.${theme}`);
  }
  function turn() {
    const next = THEMES[(THEMES.indexOf(read("theme") || "auto") + 1) % THEMES.length];
    write("theme", next);
    showTheme(next);
    show();
  }
  show();
  return button;
}

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
systemIsDark.addEventListener("change", () => showTheme(read("theme") || "auto"));

function showTheme(theme) {
  document.documentElement.dataset.theme =
    theme === "auto" ? (systemIsDark.matches ? "dark" : "light") : theme;
}

function createKeyDialog(onChange) {
  const input = h("input", {
    type: "password",
    id: "key-input",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "key-help key-error",
  });
  const error = h("p", { class: "field-error", id: "key-error", role: "alert" });
  const shown = h("input", {
    type: "checkbox",
    onChange: () => (input.type = shown.checked ? "text" : "password"),
  });
  const cancel = h("button", {
    type: "button",
    class: "button",
    t: "settings.cancel",
    onClick: () => dialog.close(),
  });
  const forget = h("button", {
    type: "button",
    class: "button button-quiet",
    t: "settings.keyForget",
    onClick: () => use(""),
  });
  const form = h(
    "form",
    { method: "dialog", onSubmit: submit },
    h("h2", { id: "key-title", t: "settings.keyTitle" }),
    h("label", { for: "key-input", class: "unseen", t: "settings.key" }),
    input,
    error,
    h("label", { class: "check" }, shown, h("span", { t: "settings.keyShow" })),
    h("p", { class: "hint", id: "key-help", t: "settings.keyHelp" }),
    h(
      "div",
      { class: "dialog-buttons" },
      forget,
      cancel,
      h("button", { type: "submit", class: "button button-primary", t: "settings.keySave" }),
    ),
  );
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "key-title" }, form);
  document.body.append(dialog);

  async function use(key) {
    write("key", key);
    if (key) dialog.close();
    else input.value = "";
    await onChange();
  }

  function submit(event) {
    event.preventDefault();
    const key = input.value.trim();
    if (key) use(key);
    else complain("settings.keyEmpty");
  }

  function complain(key) {
    error.textContent = key && t(key);
    input.setAttribute("aria-invalid", String(Boolean(key)));
  }

  function open(complaint = "") {
    input.value = getKey();
    complain(complaint);
    if (!dialog.open) dialog.showModal();
    input.select();
  }
  return { open };
}

// A browser may forbid storage; then all is kept for as long as the page is open.
const kept = new Map();

function read(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? kept.get(name) ?? "";
  } catch {
    return kept.get(name) ?? "";
  }
}

function write(name, value) {
  kept.set(name, value);
  try {
    if (value) localStorage.setItem(PREFIX + name, value);
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // Kept above.
  }
}
