// Questions to the worker that seeks, each with a promise of its answer.

const waiting = new Map();
let worker;
let asked = 0;

function start() {
  const started = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(answer);
  });
  started.addEventListener("error", stop);
  return started;
}

// The next question starts another: perhaps the connection is back.
function stop() {
  worker.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new Error("The search's worker has failed"));
  waiting.clear();
}

export function ask(name, ...given) {
  worker ??= start();
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, name, given });
  });
}
