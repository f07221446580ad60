// Forms, dialogs, menus, htmx: what every page needs. All state is in the page; without this file
// the same work is done by plain links and forms.
const CHECK_AFTER_MS = 5 * 60 * 1000;
const opened = Date.now();
const body = document.body;
const live = document.getElementById("m-live");
const tokens = () => document.querySelectorAll('input[name="csrfmiddlewaretoken"]');
let token = tokens().length ? tokens()[0].value : "";
let sessionWasLost = false;

export function say(text) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

/* A notice above the page's content; text only, so nothing can be smuggled in. */
function warn(text, link) {
  const box = document.getElementById("m-notices");
  if (!box) return;
  const notice = document.createElement("div");
  notice.className = "m-notice m-warn";
  notice.setAttribute("role", "status");
  notice.tabIndex = -1;
  const words = document.createElement("div");
  words.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    Object.assign(anchor, { href: link.href, textContent: link.text, target: "_blank", rel: "noopener" });
    words.append(" ", anchor);
  }
  notice.append(words);
  box.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
  notice.focus();
}

function sessionLost() {
  sessionWasLost = true;
  warn("没有存上：登录已过期。刚才填的还在本页，登录后回到本页再点一次，不用重填。",
    { href: "/sign-in/", text: "在新窗口重新登录" });
}

/* Is the session still ours? Asked before sending what was typed on a page that was open long. */
async function sessionHolds() {
  if (!sessionWasLost && Date.now() - opened < CHECK_AFTER_MS) return true;
  if (!body.dataset.mReader) return true;
  let answer;
  try {
    answer = await fetch("/session/", { headers: { Accept: "application/json" }, cache: "no-store" });
  } catch {
    warn("没有连上服务器，这一步没有办成。填的还在本页，网络恢复后再点一次。");
    return false;
  }
  if (answer.status === 401) { sessionLost(); return false; }
  if (!answer.ok) return true;
  const state = await answer.json();
  if (state.reader !== body.dataset.mReader) {
    warn("现在登录的是另一个人，这一步没有办。请先退出，再用原来的账号登录。");
    return false;
  }
  sessionWasLost = false;
  token = state.token;
  for (const input of tokens()) input.value = token;
  return true;
}

/* Dialogs */
let giveBackTo = null;
export function open(dialog, from) {
  giveBackTo = from || document.activeElement;
  dialog.showModal();
}
document.addEventListener("close", (event) => {
  if (event.target.tagName === "DIALOG" && giveBackTo && giveBackTo.isConnected) giveBackTo.focus();
}, true);

function confirmed(question, verb, from) {
  const dialog = document.getElementById("m-confirm");
  document.getElementById("m-confirm-text").textContent = question;
  const yes = dialog.querySelector("[data-m-yes]");
  yes.textContent = verb;
  open(dialog, from);
  return new Promise((answer) => {
    yes.onclick = () => { dialog.returnValue = "yes"; dialog.close("yes"); };
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.returnValue = "";
  });
}

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-m-dialog], [data-m-close], [data-m-print], [aria-disabled='true'], a[href='#menu'], .m-side-close");
  for (const menu of document.querySelectorAll("details.m-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!hit) return;
  if (hit.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
  if (hit.matches("[data-m-print]")) { window.print(); return; }
  if (hit.matches("[data-m-close]")) { hit.closest("dialog").close(); return; }
  const dialog = hit.dataset.mDialog && document.querySelector(hit.dataset.mDialog);
  if (dialog) { event.preventDefault(); open(dialog, hit); }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.m-menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

/* Sending a form: ask, check the session, then disable it once. Data are never dropped: buttons
   are disabled after the browser has read the form, and come back with the page. */
const passed = new WeakSet();
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method === "dialog" || form.method === "get" || form.closest("[hx-post], [data-hx-post]")) return;
  if (form.dataset.mSent) { event.preventDefault(); return; }
  const asks = (button && button.dataset.mConfirm) ? button : form;
  const mustAsk = asks.dataset.mConfirm;
  const mustCheck = !form.hasAttribute("data-m-plain") && (sessionWasLost || Date.now() - opened >= CHECK_AFTER_MS);
  if (!passed.has(form) && (mustAsk || mustCheck)) {
    event.preventDefault();
    if (mustAsk && !(await confirmed(mustAsk, asks.dataset.mVerb || "确认", button))) return;
    if (!(await sessionHolds())) return;
    passed.add(form);
    form.requestSubmit(button || undefined);
    return;
  }
  passed.delete(form);
  if (event.defaultPrevented || form.hasAttribute("data-m-download")) return; /* a download leaves the page as it is */
  form.dataset.mSent = "1";
  setTimeout(() => {
    for (const one of form.querySelectorAll("button[type=submit], button:not([type])")) one.disabled = true;
  });
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-m-sent]")) {
    delete form.dataset.mSent;
    for (const one of form.querySelectorAll("button[disabled]")) one.disabled = false;
  }
});

/* Option cards follow their radio. */
document.addEventListener("change", (event) => {
  if (!event.target.matches(".m-option input, .m-conflict input[type=radio]")) return;
  const cell = ".m-option, .m-conflict td";
  const group = event.target.form || document;
  for (const input of group.querySelectorAll(`input[name="${CSS.escape(event.target.name)}"]`)) {
    const box = input.closest(cell);
    if (box) box.classList.toggle(box.matches("td") ? "m-pick" : "m-on", input.checked);
  }
});

/* htmx: token, lost session, focus and announcements */
document.addEventListener("htmx:configRequest", (event) => {
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:confirm", (event) => {
  const { verb, elt, issueRequest } = event.detail;
  const question = elt.dataset ? elt.dataset.mConfirm : "";
  const old = verb !== "get" && (sessionWasLost || Date.now() - opened >= CHECK_AFTER_MS);
  if (!question && !old) return;
  event.preventDefault();
  (async () => {
    if (question && !(await confirmed(question, elt.dataset.mVerb || "确认", elt))) return;
    if (!old || (await sessionHolds())) issueRequest(true);
  })();
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) sessionLost();
  else if (status === 403) warn("这一步没有办成：没有这项权限，或页面开得太久。刷新后再试。");
  else if (status === 404) warn("这一条已经不在了，或不属于你能看的范围。刷新看最新的情况。");
  else if (status === 413) warn("传的内容太大，没有收下。");
  else warn("系统出错，这一步没有办成。填的还在本页，过一会儿再点一次。");
});
document.addEventListener("htmx:sendError", () => {
  warn("没有连上服务器，这一步没有办成。填的还在本页，网络恢复后再点一次。");
});
document.addEventListener("htmx:afterSwap", (event) => settle(event.detail.target || event.target));

/* After a swap, and on load: the heading takes the focus, counts are spoken once. */
function settle(area) {
  const focus = area.querySelector("[data-m-focus]");
  if (focus) focus.focus();
  const words = area.matches("[data-m-say]") ? area : area.querySelector("[data-m-say]");
  if (words) say(words.dataset.mSay);
}
const problems = document.querySelector(".m-notice[data-m-focus]");
if (problems) problems.focus();
const current = document.querySelector(".m-side [aria-current]");
if (current) {
  const side = current.closest(".m-side");
  side.scrollTop = Math.max(0, current.offsetTop - side.clientHeight / 2);
}
