// The reviewer's desk: n and p walk the marks, words selected in the text go into the comment form.
// Without this file the same is done by links and by copying.
const doc = document.querySelector(".m-doc[data-m-copy]");
const marks = () => [...document.querySelectorAll(".m-doc mark sup[id], .m-doc sup.m-comment-mark")];
let at = -1;

function typing(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}
function walk(by) {
  const all = marks();
  if (!all.length) return;
  at = (at + by + all.length) % all.length;
  for (const one of document.querySelectorAll(".m-current")) one.classList.remove("m-current");
  const mark = all[at].closest("mark") || all[at];
  mark.classList.add("m-current");
  mark.scrollIntoView({ block: "center" });
  const link = all[at].querySelector("a");
  if (link) link.focus({ preventScroll: true });
}
document.addEventListener("keydown", (event) => {
  if (!doc || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.body.dataset.mSingleKeys === "off") return;
  if (event.key === "n" || event.key === "p") {
    event.preventDefault();
    event.stopImmediatePropagation();
    walk(event.key === "n" ? 1 : -1);
  } else if (event.key === "d") {
    const link = document.querySelector("[data-m-toggle-changes]");
    if (link) { event.preventDefault(); link.click(); }
  }
}, true);
for (const link of document.querySelectorAll("[data-m-walk]")) {
  link.hidden = !marks().length;
  link.addEventListener("click", () => walk(Number(link.dataset.mWalk)));
}

function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !doc || !doc.contains(selection.anchorNode) || !doc.contains(selection.focusNode)) return "";
  const box = document.createElement("div");
  box.append(selection.getRangeAt(0).cloneContents());
  for (const one of box.querySelectorAll("sup, del")) one.remove();
  return box.textContent.trim().slice(0, 500);
}
document.addEventListener("selectionchange", () => {
  const quote = document.querySelector("form[data-m-comment] [name=quote]");
  const words = chosen();
  if (quote && words) quote.value = words;
});
