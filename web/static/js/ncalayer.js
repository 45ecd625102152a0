// Talks to NCALayer, the signing program on a person's own computer, over its WebSocket: it greets
// with its version, is asked once, and answers once. Anything else (its heartbeat) is passed over.

const PATIENCE = 10_000; // milliseconds until it must have greeted

export class NotRunning extends Error {}
export class Cancelled extends Error {}
export class Failed extends Error {}

// Signs `data` (base64) as `request` says; returns the CMS as base64. `greeted` is called when
// NCALayer is there, before it is asked. Throws NotRunning, Cancelled, Failed.
export async function sign(address, request, data, greeted) {
  const socket = await connect(address);
  try {
    greeted();
    return await ask(socket, { ...request, data });
  } finally {
    socket.onclose = socket.onerror = socket.onmessage = null;
    socket.close();
  }
}

function connect(address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const give = () => {
      clearTimeout(timer);
      socket.onclose = socket.onerror = null;
      socket.close();
      reject(new NotRunning());
    };
    const timer = setTimeout(give, PATIENCE);
    socket.onclose = socket.onerror = give;
    socket.onmessage = ({ data }) => {
      if (!read(data)?.result?.version) return;
      clearTimeout(timer);
      resolve(socket);
    };
  });
}

function ask(socket, args) {
  return new Promise((resolve, reject) => {
    socket.onclose = socket.onerror = () => reject(new Failed(''));
    socket.onmessage = ({ data }) => {
      const answer = read(data);
      if (answer === null || !('status' in answer || 'code' in answer)) return;
      settle(answer, resolve, reject);
    };
    socket.send(JSON.stringify({ module: 'kz.gov.pki.knca.basics', method: 'sign', args }));
  });
}

// A person who closes the window gets `status: true` and nothing in the body, or an error that says so.
function settle(answer, resolve, reject) {
  const told = `${answer.code ?? ''} ${answer.message ?? ''}`.trim();
  if (answer.status !== true) {
    reject(/cancel/i.test(told) ? new Cancelled() : new Failed(told));
    return;
  }
  const result = [answer.body?.result].flat()[0];
  if (typeof result === 'string' && result) resolve(result);
  else reject(new Cancelled());
}

function read(text) {
  try {
    const answer = JSON.parse(text);
    return answer && typeof answer === 'object' ? answer : null;
  } catch {
    return null;
  }
}
