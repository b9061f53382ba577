// What OpenAI's own client makes of a server: one JSON object on stdout, a result for each call.
import { require, server, record } from "./recording.mjs";

const { OpenAI, toFile } = require("openai");
const { baseUrl, apiKey, model, picture } = server;
const client = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
const file = (name) => toFile(Buffer.from(picture, "base64"), name, { type: "image/png" });
const ask = { model, prompt: "a red fox", size: "1024x1024" };

async function eventsOf(stream) {
  const events = [];
  for await (const event of await stream) events.push({ type: event.type, url: event.url, usage: event.usage });
  return events;
}

await record({
  link: () => client.images.generate(ask),
  ignoredFields: () =>
    client.images.generate({ ...ask, quality: "high", style: "vivid", background: "auto", moderation: "auto", user: "u" }),
  series: () =>
    client.images.generate({
      ...ask,
      sequential_image_generation: "auto",
      sequential_image_generation_options: { max_images: 2 },
    }),
  stream: () => eventsOf(client.images.generate({ ...ask, stream: true })),
  editOfOne: async () => client.images.edit({ ...ask, image: await file("a.png") }),
  editOfTwo: async () => client.images.edit({ ...ask, image: [await file("a.png"), await file("b.png")] }),
  seriesByForm: async () =>
    client.images.edit({
      ...ask,
      image: await file("a.png"),
      sequential_image_generation: "auto",
      sequential_image_generation_options: { max_images: 2 },
    }),
  alias: () => client.images.generate({ model: "gpt-image-1", prompt: "a red fox", size: "auto" }),
  models: async () => (await client.models.list()).data.map((each) => each.id),
  tooSmall: () => client.images.generate({ ...ask, size: "1x1" }),
  wrongKey: () => new OpenAI({ baseURL: baseUrl, apiKey: "wrong", maxRetries: 0 }).images.generate(ask),
});
