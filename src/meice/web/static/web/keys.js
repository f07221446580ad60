// Keys of design 10. A single key never decides anything, is silent while typing, and can be
// turned off in 我的资料 (for the account) or in the key table (for this browser).
const STORE = "meice.single-keys";
const PLACES = { h: "/", t: "/outlets/", b: "/campaigns/", f: "/findings/", z: "/orders/", m: "/manuscripts/" };
const SECOND_KEY_MS = 1500;
let waiting = 0;

function remembered() {
  try { return localStorage.getItem(STORE); } catch { return null; }
}
function singleKeys() {
  return document.body.dataset.mSingleKeys !== "off" && remembered() !== "off";
}
function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [role=grid] *");
}
function rows() {
  return [...document.querySelectorAll("[data-m-rows] tbody tr, ul[data-m-rows] > li")].filter((row) => row.querySelector("a[href]"));
}
function cursor() {
  return document.querySelector("[data-m-rows] .m-cursor");
}
function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = cursor();
  const at = now ? all.indexOf(now) + by : by > 0 ? 0 : all.length - 1;
  const next = all[Math.max(0, Math.min(all.length - 1, at))];
  if (now) now.classList.remove("m-cursor");
  next.classList.add("m-cursor");
  const link = next.querySelector("a[href]");
  if (next.closest("[data-m-follow]") && next !== now) { link.click(); return; } // a queue: j and k go to the next
  link.focus();
  next.scrollIntoView({ block: "nearest" });
}
function showTable() {
  const table = document.getElementById("m-keys");
  if (!table.open) table.showModal();
}
function choose(number) {
  const options = document.querySelectorAll(".m-verdictbox .m-option input[type=radio]");
  if (options[number - 1]) options[number - 1].click();
}

const KEYS = {
  "/": () => { const box = document.querySelector("[data-m-search]"); if (box) box.focus(); },
  "?": showTable,
  g: () => { waiting = Date.now(); },
  j: () => step(1),
  k: () => step(-1),
  x: () => { const box = cursor() && cursor().querySelector("input[type=checkbox]"); if (box) box.click(); },
  1: () => choose(1), 2: () => choose(2), 3: () => choose(3),
  n: () => { const note = document.querySelector(".m-verdictbox textarea"); if (note) note.focus(); },
  e: () => { const proof = document.querySelector(".m-evidence a"); if (proof) proof.focus(); },
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey && event.key === "Enter" && !event.altKey) {
    const form = event.target.closest("form[data-m-decide]") || document.querySelector("form[data-m-decide]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!singleKeys() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (waiting && Date.now() - waiting < SECOND_KEY_MS) {
    waiting = 0;
    const place = PLACES[event.key];
    const link = place && document.querySelector(`.m-side a[href="${place}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  waiting = 0;
  const act = Object.prototype.hasOwnProperty.call(KEYS, event.key) && KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-m-keys]");
  if (!button) return;
  const menu = button.closest("details");
  if (menu) menu.open = false;
  showTable();
});
for (const input of document.querySelectorAll("[data-m-keys-switch]")) {
  input.checked = remembered() !== "off";
  input.addEventListener("change", () => {
    try { localStorage.setItem(STORE, input.checked ? "on" : "off"); } catch { /* private window */ }
  });
}
