// Shared by the clients: their packages, the server they are pointed at, and how results are written down.
import { createRequire } from "node:module";

export const require = createRequire(`${process.env.PACKAGES}/`);
export const server = JSON.parse(process.env.SERVER);

async function outcome(call) {
  try {
    return { result: await call() };
  } catch (error) {
    return { error: error.name, status: error.status ?? error.statusCode, message: error.message };
  }
}

export async function record(calls) {
  const outcomes = {};
  for (const [name, call] of Object.entries(calls)) outcomes[name] = await outcome(call);
  process.stdout.write(JSON.stringify(outcomes));
}
