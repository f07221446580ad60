// One outlet of a round: every tap is sent at once. Without a network the answers wait on this phone
// and the page says so; they go out when the line is back or the page is opened again. Without this
// file the button at the bottom keeps the same form.
const form = document.querySelector("form[data-m-patrol]");
const box = document.getElementById("m-patrol-saved");
const store = form ? `meice.patrol.${document.body.dataset.mReader}.${form.action}` : "";
const SENT = "meice.patrol.sent";
const TYPING_MS = 1200, RETRY_MS = 15000;
let timer = 0, busy = false, again = false, dirty = false;

function show(tone, words) {
  box.className = `m-text-${tone}`;
  box.textContent = words;
}

/* ---- this phone's memory: words and answers, never pictures ---- */
function typed() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
}
/* The whole form went out by its button, and this page is the answer: nothing of it waits any more. */
function arrived() {
  try {
    const sent = sessionStorage.getItem(SENT);
    if (sent && sent !== store) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  } catch { /* no storage: nothing waits */ }
}
function goesOut() {
  clearTimeout(timer);
  dirty = true;
  remember();
  try { sessionStorage.setItem(SENT, store); } catch { /* the form itself goes */ }
}
function remember() {
  try {
    if (dirty) localStorage.setItem(store, JSON.stringify(typed()));
    else localStorage.removeItem(store);
  } catch { /* a private window: the form itself still holds it */ }
}
function recall() {
  let kept = null;
  try {
    const prefix = "meice.patrol.";
    const mine = `${prefix}${document.body.dataset.mReader}.`;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !key.startsWith(mine)) localStorage.removeItem(key);
    }
    kept = JSON.parse(localStorage.getItem(store) || "null");
  } catch { return; }
  if (!kept) return;
  for (const [name, value] of kept) {
    for (const field of form.elements) {
      if (field.name !== name) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type !== "file") field.value = value;
    }
  }
  dirty = true;
  send();
}

/* ---- sending ---- */
function later(wait) {
  dirty = true;
  remember();
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}
async function send() {
  clearTimeout(timer);
  if (busy) { again = true; return; }
  busy = true;
  show("mut", "正在存…");
  const data = new FormData(form);
  const pictures = [...data.values()].some((value) => value instanceof File && value.size > 0);
  dirty = false;
  let answer;
  try {
    answer = await fetch(form.dataset.mPatrol, { method: "POST", body: data, headers: { Accept: "application/json" } });
  } catch {
    busy = false;
    waits("没有网络：回答留在这部手机上，连上后自动存。");
    return;
  }
  busy = false;
  await told(answer, pictures);
  if (again) { again = false; send(); }
}
function waits(words) {
  dirty = true;
  remember();
  show("warn", words);
  timer = setTimeout(send, RETRY_MS);
}
async function told(answer, pictures) {
  if (answer.status === 401 || answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) {
    if (answer.status >= 500) { waits("没有存上，稍后自动再存。"); return; }
    dirty = true;
    remember();
    show("bad", "登录已过期：回答留在这部手机上，登录后回到本页会自动存。");
    return;
  }
  const said = await answer.json();
  if (!answer.ok) {
    show("bad", `没有存上：${said.reason}`);
    for (const input of form.querySelectorAll("input[type=file]")) input.value = "";
    return;
  }
  remember();
  show("good", `已存 ${said.at}`);
  const bar = document.getElementById("m-patrol-progress");
  if (bar) bar.value = said.done;
  if (pictures) location.replace(form.action);
}

arrived();
if (form && box && form.dataset.mPatrol) {
  form.addEventListener("change", () => later(0));
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input[type=text]")) later(TYPING_MS);
  });
  form.addEventListener("submit", goesOut);
  window.addEventListener("online", () => { if (dirty) send(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty) remember();
    if (document.visibilityState === "visible" && dirty) send();
  });
  recall();
}
