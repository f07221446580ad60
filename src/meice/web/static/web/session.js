// The end of an idle session is said two minutes before, and one button puts it off (WCAG 2.2.1).
const FIRST_MS = 60 * 1000;
const LEAST_MS = 15 * 1000;
const box = document.getElementById("m-notices");
const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");

function plan(state) {
  const until = Math.max(LEAST_MS, (state.left - state.warning) * 1000);
  setTimeout(ask, Math.min(until, 2 ** 31 - 1));
}
async function ask() {
  let state;
  try {
    const answer = await fetch("/session/left/", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return;
    state = await answer.json();
  } catch {
    setTimeout(ask, FIRST_MS);
    return;
  }
  if (state.left <= state.warning) tell(state.left);
  plan(state);
}
function tell(left) {
  let notice = document.getElementById("m-session-end");
  if (!notice) {
    notice = document.createElement("div");
    notice.id = "m-session-end";
    notice.className = "m-notice m-warn";
    notice.setAttribute("role", "status");
    const words = document.createElement("div");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "接着用";
    button.addEventListener("click", () => extend(notice));
    notice.append(words, button);
    box.append(notice);
  }
  const minutes = Math.max(1, Math.ceil(left / 60));
  notice.firstElementChild.textContent = `有一会儿没有操作了，约 ${minutes} 分钟后自动退出。填的内容还在本页。`;
}
async function extend(notice) {
  try {
    const answer = await fetch("/session/extend/", { method: "POST", headers });
    if (answer.ok) { notice.remove(); return; }
  } catch { /* said below */ }
  notice.firstElementChild.textContent = "没有连上服务器，还没有延长。请检查网络后再点一次。";
}
if (box) setTimeout(ask, FIRST_MS);
