// Autosave: 800 ms after the last change a batch goes out; what was not answered waits in this
// tab. One batch at a time, each operation with an id, so that sending twice changes nothing.
const sheet = window.meiceSheet;
const { model, data } = sheet;
const box = document.getElementById("m-save-state");
const DEBOUNCE_MS = 800, BATCH = 400, FIRST_WAIT_MS = 2000, LONGEST_WAIT_MS = 30000, LOOK_MS = 15000;
let token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
let waiting = null;   // a form that waits for the last save
let timer = 0, busy = false, wait = FIRST_WAIT_MS, stopped = false;

/* ---- what the head says ---- */
const SAYS = {
  saving: ["m-mut", "cloud", "正在保存…"],
  saved: ["m-text-good", "cloud-check", (time) => `已自动保存 ${time}`],
  trouble: ["m-text-warn", "cloud-off", () => `没有存上，正在重试（${model.queue.length} 格在本页）`],
  expired: ["m-text-bad", "lock", () => "登录已过期，"],
  stranger: ["m-text-bad", "lock", () => "现在登录的是另一个人，没有存。请用原来的账号登录。"],
  locked: ["m-text-warn", "lock", (reason) => `已锁定，只读${reason ? `：${reason}` : ""}`],
  clash: ["m-text-warn", "clash", () => `两人改了同一格 ${model.conflicts.size} 处，请选用哪一个`],
};
let shown = "";
function show(state, word = "") {
  const [tone, name, text] = SAYS[state];
  const words = typeof text === "function" ? text(word) : text;
  if (shown === words + state) return;
  shown = words + state;
  const picture = document.getElementById(`m-icon-${name}`);
  box.className = tone;
  box.dataset.state = state;
  box.replaceChildren(picture ? picture.content.cloneNode(true) : "", ` ${words}`);
  if (state !== "expired") return;
  const link = document.createElement("a");
  Object.assign(link, { href: data.urls.sign_in, target: "_blank", rel: "noopener", textContent: "在新窗口登录后接着存" });
  box.append(link);
}

/* ---- this tab's memory ---- */
function remember() {
  const conflicts = [...model.conflicts.values()];
  try {
    if (model.queue.length || conflicts.length) sessionStorage.setItem(data.store, JSON.stringify({ queue: model.queue, conflicts }));
    else sessionStorage.removeItem(data.store);
  } catch { /* a private window without storage: beforeunload still warns */ }
}
function recall() {
  let kept = null;
  try {
    const others = Object.keys(sessionStorage).filter((key) => key.startsWith("meice.sheet.") && !key.endsWith(`.${data.reader}`));
    for (const key of others) sessionStorage.removeItem(key);
    kept = JSON.parse(sessionStorage.getItem(data.store) || "null");
  } catch { return; }
  if (!kept) return;
  model.recall(kept);
  if (kept.queue.length) later(0);
}
window.addEventListener("beforeunload", (event) => {
  if (sheet.edit.isOpen()) sheet.edit.keep();
  if (model.queue.length || model.conflicts.size) event.preventDefault();
});
/* Signing out takes what waits with it: the next person at this desk must not find it. */
document.addEventListener("submit", (event) => {
  if (!event.target.action.includes("sign-out")) return;
  try { sessionStorage.removeItem(data.store); } catch { /* nothing was kept */ }
});

/* Other forms of the page (交领导确认, a difference's act) wait until everything is saved. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.action.includes("sign-out")) return;
  if (sheet.edit.isOpen()) sheet.edit.keep();
  if (!model.queue.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = () => form.requestSubmit(event.submitter || undefined);
  sheet.say("先把没存的存好，再办这一步。");
  later(0);
}, true);

/* ---- sending ---- */
function later(ms = DEBOUNCE_MS) {
  clearTimeout(timer);
  timer = setTimeout(flush, ms);
}
async function flush() {
  if (busy || stopped || !model.queue.length) return;
  busy = true;
  const sent = model.send(BATCH);
  show("saving");
  try {
    const answer = await fetch(data.urls.save, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ since: data.since, operations: sent }),
    });
    await take(sent, answer);
  } catch {
    model.failed();
    again();
  }
  busy = false;
  rest();
}
/* On the table: is everything with the server? */
function rest() {
  document.getElementById("m-sheet").dataset.idle = !busy && !model.queue.length ? "yes" : "no";
}
async function take(sent, answer) {
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  if (answer.ok && isJson) {
    const said = await answer.json();
    wait = FIRST_WAIT_MS;
    model.answered(sent, said);
    remember();
    if (model.conflicts.size) show("clash"); else show("saved", said.saved_at);
    if (model.queue.length) later(0);
    else if (waiting) { const go = waiting; waiting = null; go(); }
    return;
  }
  model.failed();
  if (answer.type === "opaqueredirect" || answer.status === 401) return expired();
  if (answer.status === 403 && isJson) return lock((await answer.json()).reason);
  if (answer.status === 403) return renew();
  if (answer.status === 400) return poison(sent);
  again();
}
function again() {
  show("trouble");
  later(wait);
  wait = Math.min(LONGEST_WAIT_MS, wait * 2);
}
/* A batch that the server cannot read is no use sending again; it stays in this tab, and is said. */
function poison(sent) {
  show("trouble");
  model.tell("refused", `有 ${sent.length} 处改动服务器认不出，还在本页。请刷新后重填这几格，或告诉系统管理员。`);
  stopped = true;
}
function lock(reason) {
  data.editable = false;
  data.reason = reason;
  stopped = true;
  sheet.grid.input.readOnly = true;
  document.body.classList.add("m-sheet-locked");
  show("locked", reason);
}
/* A new sign-in changed the token: ask for the one of now. */
async function renew() {
  const state = await fetch(data.urls.session, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
  if (!state) return again();
  if (state.status === 401) return expired();
  const { reader, token: fresh } = await state.json();
  if (reader !== data.reader) { show("stranger"); later(LOOK_MS); return; }
  if (fresh === token) return again();
  token = fresh;
  later(0);
}
function expired() {
  show("expired");
  later(LOOK_MS / 3);
  const held = flushAfterSignIn;
  window.addEventListener("focus", held, { once: true });
}
async function flushAfterSignIn() { await renew(); }

/* ---- what others write ---- */
async function look() {
  if (document.hidden || busy || stopped || model.queue.length || sheet.edit.isOpen()) return;
  const answer = await fetch(`${data.urls.state}?since=${encodeURIComponent(data.since)}`, { redirect: "manual", headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const said = await answer.json();
  if (busy || model.queue.length || sheet.edit.isOpen()) return;
  if (said.rows) model.receive(said);
  if (!said.editable && data.editable) lock(said.reason);
}

/* ---- acts on a difference: first everything is saved, then the form goes ---- */
function decide(each, act) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: data.urls.decide, className: "m-act-form" });
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, act: act.act, ...each.about, next: location.pathname })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.append(Object.assign(document.createElement("button"), { type: "submit", className: "m-link-button", textContent: act.label }));
  return form;
}

model.news.addEventListener("queued", () => {
  remember();
  rest();
  if (model.queue.length && !stopped) later();
  const undo = document.getElementById("m-undo"), redo = document.getElementById("m-redo");
  if (undo) undo.disabled = !model.canUndo;
  if (redo) redo.disabled = !model.canRedo;
});
sheet.save = { flush, later, recall, look, decide, show };
setInterval(look, LOOK_MS);
