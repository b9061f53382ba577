// The form's request as programs that send it: the very body, in four languages. Pure: no elements, no
// words of the page. What differs from language to language is in the table at the end.

const ROUTE = "/v1/images/generations";
const KEY_VARIABLE = "LIMNER_API_KEY";
const LONGEST_SHOWN = 160;
const LONGEST_LINE = 96;

/** @typedef {null | boolean | number | string | any[] | {[name: string]: any}} Json */
/** @typedef {Record<string, any>} Body */
/**
 * Where a sample sends its request. key: null to read it from the environment.
 * @typedef {{baseUrl: string, key: string | null}} Target
 */

/** Arguments that the SDKs have by name; everything else goes into extra_body. */
const OPENAI_ARGUMENTS = ["model", "prompt", "size", "n", "response_format", "output_format", "stream", "partial_images"];
const ARK_ARGUMENTS = [
  "model", "prompt", "image", "size", "seed", "guidance_scale", "response_format", "output_format", "watermark",
  "sequential_image_generation", "sequential_image_generation_options", "optimize_prompt_options", "tools",
  "layer_decomposition", "stream",
];
/** @type {Record<string, string>} */
const ARK_TYPES = {
  sequential_image_generation_options: "SequentialImageGenerationOptions",
  optimize_prompt_options: "OptimizePromptOptions",
  tools: "ContentGenerationTool",
};

/**
 * The same with pictures inside cut short, for reading: nobody reads base64.
 * @template T @param {T} value @returns {T}
 */
export function shortened(value) {
  if (typeof value === "string") return /** @type {any} */ (isPicture(value) ? cut(value) : value);
  if (Array.isArray(value)) return /** @type {any} */ (value.map(shortened));
  if (value === null || typeof value !== "object") return value;
  return /** @type {any} */ (Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one)])));
}

const isPicture = (/** @type {string} */ text) =>
  text.length > LONGEST_SHOWN && /^(data:[^,]{0,64},)?[A-Za-z0-9+/_-]{80}/.test(text);

const cut = (/** @type {string} */ text) => `${text.slice(0, 64)}… (${Math.ceil(text.length / 1000)} kB)`;

/** @param {Body} body @param {Target} target */
function curl(body, { baseUrl, key }) {
  const bearer = "Authorization: Bearer ";
  return [
    `curl ${body.stream ? "-N " : ""}${baseUrl}${ROUTE} \\`,
    `  -H ${key === null ? `"${bearer}$${KEY_VARIABLE}"` : shellQuoted(bearer + key)} \\`,
    '  -H "Content-Type: application/json" \\',
    "  -d @- <<'JSON'",
    JSON.stringify(body, null, 2),
    "JSON",
  ].join("\n");
}

const shellQuoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;

/** @param {Body} body @param {Target} target */
function openaiPython(body, { baseUrl, key }) {
  const named = pick(body, (name) => OPENAI_ARGUMENTS.includes(name));
  const extra = pick(body, (name) => !OPENAI_ARGUMENTS.includes(name));
  return [
    "# pip install openai",
    ...pythonImports(body, key),
    "from openai import OpenAI",
    "",
    `client = OpenAI(base_url=${python(`${baseUrl}/v1`)}, api_key=${pythonKey(key)})`,
    ...pythonCall(body, pythonArguments(named, extra)),
  ].join("\n");
}

/** @param {Body} body @param {Target} target */
function arkPython(body, { baseUrl, key }) {
  const named = pick(body, (name) => ARK_ARGUMENTS.includes(name));
  const extra = pick(body, (name) => !ARK_ARGUMENTS.includes(name));
  const types = Object.keys(ARK_TYPES).filter((name) => name in named).map((name) => ARK_TYPES[name]);
  return [
    "# pip install volcengine-ark-runtime",
    ...pythonImports(body, key),
    "from volcenginesdkarkruntime import Ark",
    ...(types.length ? [`from volcenginesdkarkruntime.types.images import ${types.sort().join(", ")}`] : []),
    "",
    `client = Ark(base_url=${python(`${baseUrl}/api/v3`)}, api_key=${pythonKey(key)})`,
    ...pythonCall(body, pythonArguments(named, extra, arkValue)),
  ].join("\n");
}

/** @param {string} name @param {any} value */
function arkValue(name, value) {
  const type = ARK_TYPES[name];
  if (!type) return python(value, "    ");
  const made = (/** @type {Body} */ fields) =>
    `${type}(${Object.entries(fields).map(([field, one]) => `${field}=${python(one)}`).join(", ")})`;
  return Array.isArray(value) ? `[${value.map(made).join(", ")}]` : made(value);
}

/** @param {Body} body @param {string | null} key */
function pythonImports(body, key) {
  const modules = [body.response_format === "b64_json" && "base64", key === null && "os"];
  return modules.filter(Boolean).map((name) => `import ${name}`);
}

const pythonKey = (/** @type {string | null} */ key) =>
  key === null ? `os.environ["${KEY_VARIABLE}"]` : python(key);

/** @param {Body} named @param {Body} extra @param {(name: string, value: any) => string} write */
function pythonArguments(named, extra, write = (_, value) => python(value, "    ")) {
  const lines = Object.entries(named).map(([name, value]) => `    ${name}=${write(name, value)},`);
  return Object.keys(extra).length ? [...lines, `    extra_body=${python(extra, "    ")},`] : lines;
}

/** The call, and what to do with what comes. @param {Body} body @param {string[]} given */
function pythonCall(body, given) {
  const call = [`${body.stream ? "events" : "answer"} = client.images.generate(`, ...given, ")"];
  const file = `picture-{number}.${body.output_format ?? "jpeg"}`;
  const take = (/** @type {string} */ picture, /** @type {string} */ indent) =>
    body.response_format === "b64_json"
      ? [
          `${indent}with open(f"${file}", "wb") as file:`,
          `${indent}    file.write(base64.b64decode(${picture}.b64_json))`,
        ]
      : [`${indent}print(${picture}.url)`];
  if (body.stream)
    return [
      ...call,
      "for event in events:",
      '    if event.type == "image_generation.partial_succeeded":',
      ...(body.response_format === "b64_json" ? ["        number = event.image_index"] : []),
      ...take("event", "        "),
    ];
  if (body.response_format !== "b64_json") return [...call, "for picture in answer.data:", ...take("picture", "    ")];
  return [...call, "for number, picture in enumerate(answer.data):", "    if picture.b64_json:", ...take("picture", "        ")];
}

/** A JSON value as Python writes it; over several lines where one would be long. @param {Json} value @param {string} [indent] @returns {string} */
export function python(value, indent = "") {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = (/** @type {string} */ inner) =>
    isList
      ? value.map((item) => python(item, inner))
      : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${python(item, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  const flat = `${open}${items("").join(", ")}${close}`;
  if (flat.length + indent.length <= LONGEST_LINE && !flat.includes("\n")) return flat;
  const inner = `${indent}    `;
  return [open, ...items(inner).map((item) => `${inner}${item},`), `${indent}${close}`].join("\n");
}

/** @param {Body} body @param {Target} target */
function javascript(body, { baseUrl, key }) {
  const bearer = key === null ? `\`Bearer \${process.env.${KEY_VARIABLE}}\`` : JSON.stringify(`Bearer ${key}`);
  const isFile = body.response_format === "b64_json";
  return [
    "// Node 18 or later; save it as sample.mjs",
    ...(isFile ? ['import { writeFile } from "node:fs/promises";', ""] : []),
    `const response = await fetch(${JSON.stringify(baseUrl + ROUTE)}, {`,
    '  method: "POST",',
    `  headers: { Authorization: ${bearer}, "Content-Type": "application/json" },`,
    `  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}),`,
    "});",
    "if (!response.ok) throw new Error(await response.text());",
    ...(body.stream ? javascriptEvents(body, isFile) : javascriptAnswer(body, isFile)),
  ].join("\n");
}

const javascriptFile = (/** @type {Body} */ body) => `\`picture-\${number}.${body.output_format ?? "jpeg"}\``;

/** @param {Body} body @param {boolean} isFile */
function javascriptAnswer(body, isFile) {
  const head = "const answer = await response.json();";
  if (!isFile) return [head, "for (const picture of answer.data) console.log(picture.url);"];
  return [
    head,
    "for (const [number, picture] of answer.data.entries()) {",
    `  if (picture.b64_json) await writeFile(${javascriptFile(body)}, picture.b64_json, "base64");`,
    "}",
  ];
}

/** @param {Body} body @param {boolean} isFile */
function javascriptEvents(body, isFile) {
  const take = isFile
    ? [
        "    const number = event.image_index;",
        `    await writeFile(${javascriptFile(body)}, event.b64_json, "base64");`,
      ]
    : ["    console.log(event.url);"];
  return [
    'let rest = "";',
    "for await (const text of response.body.pipeThrough(new TextDecoderStream())) {",
    '  const lines = (rest + text).split("\\n");',
    "  rest = lines.pop();",
    '  for (const line of lines.filter((line) => line.startsWith("data: {"))) {',
    "    const event = JSON.parse(line.slice(6));",
    '    if (event.type !== "image_generation.partial_succeeded") continue;',
    ...take,
    "  }",
    "}",
  ];
}

/** @param {Body} body @param {(name: string) => boolean} wanted */
const pick = (body, wanted) => Object.fromEntries(Object.entries(body).filter(([name]) => wanted(name)));

/**
 * The languages, in the order in which they are offered.
 * @type {{id: string, title: string, write: (body: Body, target: Target) => string}[]}
 */
export const SNIPPETS = [
  { id: "curl", title: "curl", write: curl },
  { id: "openai", title: "OpenAI Python", write: openaiPython },
  { id: "ark", title: "Ark Python", write: arkPython },
  { id: "javascript", title: "JavaScript", write: javascript },
];
