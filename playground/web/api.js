// The playground's HTTP contract as functions, and its events as a stream that mends itself.

/** The server said no, and why (`status` 0: it could not be reached). */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(path, {
      method,
      body: form || body === undefined ? body : JSON.stringify(body),
      headers: form || body === undefined ? {} : { "content-type": "application/json" },
    });
  } catch {
    throw new ApiError("", 0);
  }
  if (!response.ok) {
    const { error } = await response.json().catch(() => ({}));
    throw new ApiError(error ?? `${response.status} ${response.statusText}`, response.status);
  }
  try {
    return await response.json();
  } catch {
    throw new ApiError("", 0); // the server left in the middle of its answer
  }
}

export const bot = () => call("GET", "/api/bot");
export const people = () => call("GET", "/api/people");
export const addPerson = (person) => call("POST", "/api/people", person);
export const changePerson = (id, change) => call("PATCH", `/api/people/${id}`, change);
export const chat = (id, after) => call("GET", `/api/people/${id}/chat${after ? `?after=${after}` : ""}`);
export const send = (id, text, replyTo) =>
  call("POST", `/api/people/${id}/send`, replyTo ? { text, reply_to: replyTo } : { text });
export const press = (id, messageId, data) =>
  call("POST", `/api/people/${id}/press`, { message_id: messageId, data });

export const forward = (id, what) => call("POST", `/api/people/${id}/forward`, what);
export const alipay = (id) => call("GET", `/api/people/${id}/alipay`);
export const addAccount = (id, account) => call("POST", `/api/people/${id}/alipay`, { account });
export const pay = (transfer) => call("POST", "/api/alipay/transfers", transfer);
export const sendBack = (number) => call("POST", `/api/alipay/transfers/${number}/send-back`);

export function upload(id, file, caption, kind, replyTo) {
  const form = new FormData();
  form.append("file", file, file.name);
  if (caption) form.append("caption", caption);
  form.append("as", kind);
  if (replyTo) form.append("reply_to", replyTo);
  return call("POST", `/api/people/${id}/upload`, form);
}

/**
 * Hears the server's events for as long as the page lives. `opened` is called after every (re)connection,
 * because what was said in between has to be asked for; `lost` when there is none.
 * The returned function drops the connection and makes a new one.
 */
export function listen({ opened, heard, lost }) {
  let source = null;
  let wait = 250;
  let timer = null;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/api/events");
    source.onopen = () => {
      wait = 250;
      opened();
    };
    source.onmessage = (event) => heard(JSON.parse(event.data));
    // The browser retries by itself only after some failures (not after a refused connection), so we always do.
    source.onerror = () => {
      source.close();
      lost();
      clearTimeout(timer);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, 3000);
    };
  }

  connect();
  return connect;
}
