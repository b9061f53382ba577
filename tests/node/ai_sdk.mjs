// What generateImage of the Vercel AI SDK makes of a server, by two of its providers.
import { require, server, record } from "./recording.mjs";

const { generateImage } = require("ai");
const { createOpenAI } = require("@ai-sdk/openai");
const { createOpenAICompatible } = require("@ai-sdk/openai-compatible");
const { baseUrl, apiKey, model } = server;
const bytes = Buffer.from(server.picture, "base64");
const compatible = createOpenAICompatible({ name: "limner", baseURL: baseUrl, apiKey }).imageModel(model);
const openai = createOpenAI({ baseURL: baseUrl, apiKey });

globalThis.AI_SDK_LOG_WARNINGS = false;

async function make(options) {
  const { images, usage } = await generateImage({ prompt: "a red fox", maxRetries: 0, ...options });
  return { types: images.map((image) => image.mediaType), bytes: images.map((image) => image.uint8Array.length), usage };
}

const fields = { watermark: false, seed: 7, size: "1K", sequential_image_generation: "auto" };
const edit = { text: "make it night", images: [bytes, bytes] };

await record({
  compatible: () => make({ model: compatible, size: "1024x1024" }),
  compatibleFields: () =>
    make({
      model: compatible,
      providerOptions: { limner: { ...fields, sequential_image_generation_options: { max_images: 2 } } },
    }),
  compatibleEdit: () => make({ model: compatible, prompt: edit, providerOptions: { limner: { size: "1K" } } }),
  compatibleFieldsByForm: () =>
    make({
      model: compatible,
      prompt: edit,
      providerOptions: { limner: { ...fields, sequential_image_generation_options: '{"max_images": 2}' } },
    }),
  openai: () => make({ model: openai.image(model), size: "1024x1024", n: 2 }),
  openaiAlias: () => make({ model: openai.image("gpt-image-1"), size: "1024x1024" }),
  openaiAliasEdit: () => make({ model: openai.image("gpt-image-1"), prompt: edit, size: "1024x1024" }),
  openaiEditBySeedreamName: () => make({ model: openai.image(model), prompt: edit, size: "1024x1024" }),
  tooSmall: () => make({ model: compatible, size: "1x1" }),
});
