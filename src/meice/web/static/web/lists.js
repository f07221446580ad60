// Selecting rows: select-all of this page, the bulk bar with its count, the blue mark of a row.
function table(of) { return of.closest("table"); }
function boxes(list) { return [...list.querySelectorAll("input[data-m-select]")]; }

function show(list) {
  const all = boxes(list);
  const chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr").classList.toggle("m-selected", box.checked);
  const head = list.querySelector("input[data-m-select-all]");
  if (head) {
    head.checked = chosen.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  const panel = list.closest("form, .m-panel") || document;
  for (const bar of panel.querySelectorAll("[data-m-bulk]")) {
    bar.hidden = chosen.length === 0;
    const count = bar.querySelector("[data-m-count]");
    if (count) count.textContent = chosen.length;
  }
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("input[data-m-select-all]")) {
    for (const one of boxes(table(box))) one.checked = box.checked;
    show(table(box));
  } else if (box.matches("input[data-m-select]")) {
    show(table(box));
  }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-m-unselect]");
  if (!button) return;
  for (const box of document.querySelectorAll("input[data-m-select], input[data-m-select-all]")) box.checked = false;
  for (const list of document.querySelectorAll("table")) if (boxes(list).length) show(list);
});
/* A table wider than its wrapper scrolls; the keyboard must reach it too. */
function reach(wrap) {
  if (wrap.scrollWidth <= wrap.clientWidth || wrap.hasAttribute("tabindex")) return;
  const caption = wrap.querySelector("caption");
  wrap.tabIndex = 0;
  wrap.setAttribute("role", "region");
  wrap.setAttribute("aria-label", caption ? caption.textContent : "表格");
}
function start(area) {
  for (const wrap of area.querySelectorAll(".m-table-wrap")) reach(wrap);
  for (const list of area.querySelectorAll("table")) if (boxes(list).length) show(list);
}
start(document);
window.addEventListener("pageshow", () => start(document));
document.addEventListener("htmx:afterSwap", (event) => start(event.target));
