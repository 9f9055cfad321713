// What the page asks of the server. Whatever goes wrong is a Refused, whose kind says what can be done about it.
const ME = "/api/v1/me";
const OURS = { "X-Requested-With": "backlot" };

export class Refused extends Error {
  /** kind: fields (see errors), stale, refused, signed-out, other-user, offline or broken. */
  constructor(kind, detail, errors = []) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
  }
}

export const user = () => document.getElementById("trouble").dataset.user;

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
let known = token();

const signedOut = () => new Refused("signed-out", "Your session has ended.");
const offline = () => new Refused("offline", "The server cannot be reached.");

/** A new sign-in, in whatever tab, changes the token: what was written here must not go out under another name. */
async function checkUser() {
  const current = token();
  if (current === known) return;
  const answer = await reach(ME, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw await refusal(answer);
  const me = await answer.json();
  if (me.id !== user()) throw new Refused("other-user", `This browser is signed in as ${me.display_name} now.`);
  known = current;
}

async function reach(url, options) {
  try {
    return await fetch(url, { credentials: "same-origin", ...options });
  } catch {
    throw offline();
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  return refusalOf(answer.status, problem);
}

export function refusalOf(status, problem) {
  const detail = problem.detail ?? "The server did not say why.";
  const errors = problem.errors ?? [];
  if (status === 0) return offline();
  if (status === 401 || (status === 403 && detail.startsWith("CSRF"))) return signedOut();
  if (status === 412) return new Refused("stale", detail);
  if (status >= 500) return new Refused("broken", withRequest(detail, problem.request_id));
  return new Refused(errors.length ? "fields" : "refused", detail, errors);
}

const withRequest = (detail, id) => (id ? `${detail} Request id: ${id}` : detail);

/** The headers of a write; they are made anew for each, because a sign-in elsewhere renews the token. */
export async function headersOf({ key, version } = {}) {
  await checkUser();
  const headers = { ...OURS, Accept: "application/json", "X-CSRFToken": token() };
  if (key) headers["Idempotency-Key"] = key;
  if (version) headers["If-Match"] = `"${version}"`;
  return headers;
}

/** Writes, as JSON or as a form; answers what the server says is there now. */
export async function send(method, url, { body, key, version } = {}) {
  const headers = await headersOf({ key, version });
  const isForm = body instanceof URLSearchParams;
  if (body && !isForm) headers["Content-Type"] = "application/json";
  const answer = await reach(url, { method, headers, body: body && !isForm ? JSON.stringify(body) : body });
  if (!answer.ok) throw await refusal(answer);
  return answer.status === 204 ? null : answer.json();
}

/** The page at that address, as a document whose parts can be taken. */
export async function pageAt(url) {
  const answer = await reach(url, { headers: OURS });
  if (!answer.ok) throw await refusal(answer);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
