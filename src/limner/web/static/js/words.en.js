// English.

/** @type {Record<string, string>} */
export const en = {
  "app.title": "Limner playground",
  "app.skip": "Skip to the form",
  "app.views": "Views",
  "app.create": "Create",
  "app.history": "History",
  "app.usage": "Usage",
  "app.outputs": "Output",
  "app.pictures": "Pictures",
  "app.code": "Code",
  "app.reference": "API reference",
  "app.failed": "The server did not answer. Is it running?",
  "app.retry": "Try again",

  "settings.key": "API key",
  "settings.keyNone": "Enter API key",
  "settings.keyTitle": "Your API key",
  "settings.keyHelp": "The server printed one when it first started; “limner keys create” makes more. It stays in this browser and is sent to this server only.",
  "settings.keyShow": "Show the key",
  "settings.keySave": "Use this key",
  "settings.keyForget": "Forget it",
  "settings.keyEmpty": "Enter a key.",
  "settings.keyWrong": "The server does not know this key.",
  "settings.cancel": "Cancel",
  "settings.theme": "Colours",
  "settings.theme.auto": "Colours: as the system",
  "settings.theme.light": "Colours: light",
  "settings.theme.dark": "Colours: dark",
  "settings.language": "中文",
  "settings.languageLabel": "Switch to Chinese: 中文",
};
