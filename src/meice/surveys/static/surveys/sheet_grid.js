// The grid: one real table, one active cell, a selected range. Up to 300 rows are drawn at once,
// more in windows of 100. The one input of the grid lives in the active cell and has the focus, so
// that an input method can compose there; while nothing is edited it is empty and unseen.
const sheet = window.meiceSheet;
const { model, columns, data } = sheet;
const table = document.getElementById("m-sheet");
const body = table.tBodies[0];
const wrap = table.closest(".m-sheet-wrap");
const input = document.createElement("input");
const ALL_ROWS = 300, WINDOW = 100;
const CENTRED = new Set(["number", "answer", "rectified", "filing_kind"]);
let active = { row: 0, column: 1 }, anchor = { row: 0, column: 1 };
let view = [];          // the rows that are listed now (all, or those with problems)
let from = 0;           // first listed row that is drawn
let onlyFaulty = false, marksDifferences = true;

Object.assign(input, { type: "text", className: "m-cell-input", autocomplete: "off", spellcheck: false, tabIndex: 0 });
input.setAttribute("aria-describedby", "m-cell-message");
input.readOnly = !data.editable;
input.maxLength = 2000;

/* ---- drawing ---- */
function relist() {
  view = model.rows.filter((row) => !onlyFaulty || model.faultsOf(row.key).length || row.hints);
  const last = Math.max(0, view.length - 1);
  active.row = Math.min(active.row, last);
  anchor.row = Math.min(anchor.row, last);
  if (view.length <= ALL_ROWS) from = 0;
  else from = Math.min(Math.floor(active.row / WINDOW) * WINDOW, Math.floor(last / WINDOW) * WINDOW);
}
const until = () => (view.length <= ALL_ROWS ? view.length : Math.min(view.length, from + WINDOW));

function draw() {
  const hadFocus = table.contains(document.activeElement);
  const editing = sheet.edit && sheet.edit.isOpen();
  const kept = editing ? input.value : "";
  relist();
  const lines = model.lines();
  const numbers = new Map(model.rows.map((row, at) => [row.key, at + 1]));
  const drawn = view.slice(from, until()).map((row, at) => drawRow(row, lines.get(row.key), numbers.get(row.key), from + at));
  body.replaceChildren(...drawn);
  table.setAttribute("aria-rowcount", String(view.length + 2));
  sheet.windows(view.length, from, until());
  place(hadFocus);
  if (editing && cellOf(active)) input.value = kept;
}
function drawRow(row, line, number, at) {
  const tr = document.createElement("tr");
  tr.dataset.row = row.key;
  tr.setAttribute("aria-rowindex", String(at + 3));
  tr.classList.toggle("m-new-row", data.annex === 1 && !row.register);
  const head = document.createElement("th");
  head.className = "m-row-no m-frozen m-frozen-1";
  head.scope = "row";
  head.textContent = String(line);
  tr.append(head, ...columns.map((column) => drawCell(row, column, number)));
  return tr;
}
function drawCell(row, column, number) {
  const td = document.createElement("td");
  td.dataset.column = column.key;
  fill(td, row, column, number);
  return td;
}
const FROZEN = { number: "m-frozen m-frozen-2", name: "m-frozen m-frozen-3" };
function fill(td, row, column, number) {
  const isNumber = column.holds === "number";
  const text = isNumber ? String(number) : model.text(row, column.key);
  const fault = isNumber ? null : model.faultAt(row, column.key);
  const clash = model.conflicts.get(model.cellKey(row.key, column.key));
  const marks = [
    FROZEN[column.key] || "",
    CENTRED.has(column.holds) ? "m-tc" : "", column.holds === "mobile" || column.holds === "phone" ? "m-num" : "",
    fault ? (fault.severity === "error" ? "m-cell-error" : "m-cell-warning") : "",
    clash ? "m-cell-clash" : "",
    marksDifferences && model.differenceAt(row, column.key) ? "m-cell-different" : "",
    model.remarkAt(row, column.key) ? "m-cell-remark" : "",
    !fault && row.raw[column.key] !== undefined && row.raw[column.key] !== text ? "m-cell-mended" : "",
    row.changed.includes(column.key) && !isNumber ? "m-cell-changed" : "",
  ];
  td.className = marks.filter(Boolean).join(" ");
  const shown = document.createElement("span");
  shown.className = "m-cell-text";
  shown.textContent = text;
  td.replaceChildren(shown);
  if (fault) {
    const badge = document.createElement("span");
    badge.className = "m-cell-no";
    badge.textContent = fault.severity === "error" ? String(fault.number) : "!";
    badge.setAttribute("aria-hidden", "true");
    td.append(badge);
  }
}
/* Only these cells changed: [[row key, column key], …]. */
function repaint(cells) {
  const numbers = new Map(model.rows.map((row, at) => [row.key, at + 1]));
  for (const [key, columnKey] of cells) {
    const tr = rowElement(key);
    const td = tr && tr.querySelector(`[data-column="${columnKey}"]`);
    if (!td) continue;
    const holds = td.contains(input);
    fill(td, model.byKey.get(key), sheet.column(columnKey), numbers.get(key));
    if (holds) td.append(input);
  }
  place(document.activeElement === document.body || table.contains(document.activeElement));
}
const rowElement = (key) => [...body.rows].find((tr) => tr.dataset.row === key);

/* ---- where we are ---- */
const rowAt = (at) => view[at];
const current = () => ({ row: view[active.row], column: columns[active.column] });
function cellOf(place) {
  const tr = body.rows[place.row - from];
  return tr ? tr.cells[place.column + 1] : null;
}
function range() {
  return {
    top: Math.min(active.row, anchor.row), bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column), right: Math.max(active.column, anchor.column),
  };
}
function nameOf(row, column) {
  const fault = column.holds === "number" ? null : model.faultAt(row, column.key);
  const state = !fault ? "" : fault.severity === "error" ? `错误 ${fault.number}` : "提示";
  const clash = model.conflicts.has(model.cellKey(row.key, column.key)) ? "两人改了同一格" : "";
  const value = column.holds === "number" ? "" : model.text(row, column.key) || "空";
  return [column.short, model.text(row, "name") || "新行", value, state, clash].filter(Boolean).join("，");
}

/* Put the input, the outlines and the address where the active cell is. */
function place(focus) {
  for (const old of body.querySelectorAll(".m-focus, .m-selected, .m-current")) {
    old.classList.remove("m-focus", "m-selected", "m-current");
    old.removeAttribute("aria-selected");
  }
  const cell = cellOf(active);
  if (!cell) { input.remove(); sheet.bar(null); return; }
  mark();
  cell.classList.add("m-focus");
  cell.parentElement.classList.add("m-current");
  if (input.parentElement !== cell) {
    input.value = "";
    cell.append(input);
  }
  const { row, column } = current();
  input.setAttribute("aria-label", nameOf(row, column));
  if (focus && document.activeElement !== input) input.focus({ preventScroll: true });
  if (focus) show(cell);
  sheet.bar(current());
}
function mark() {
  const { top, bottom, left, right } = range();
  if (top === bottom && left === right) return;
  for (let at = Math.max(top, from); at <= Math.min(bottom, until() - 1); at += 1) {
    for (let column = left; column <= right; column += 1) {
      const cell = cellOf({ row: at, column });
      if (cell) { cell.classList.add("m-selected"); cell.setAttribute("aria-selected", "true"); }
    }
  }
}
/* Scroll the cell out from under the sticky head and the frozen columns. */
function show(cell) {
  const box = wrap.getBoundingClientRect(), one = cell.getBoundingClientRect();
  const top = box.top + table.tHead.offsetHeight;
  const frozen = active.column > 1 ? [...cell.parentElement.querySelectorAll(".m-frozen")].reduce((sum, each) => sum + each.offsetWidth, 0) : 0;
  if (one.top < top) wrap.scrollTop -= top - one.top;
  else if (one.bottom > box.bottom - 14) wrap.scrollTop += one.bottom - box.bottom + 14;
  if (one.left < box.left + frozen) wrap.scrollLeft -= box.left + frozen - one.left;
  else if (one.right > box.right) wrap.scrollLeft += one.right - box.right;
  const view2 = wrap.getBoundingClientRect();
  if (view2.top < 52 || one.bottom > window.innerHeight) cell.scrollIntoView({ block: "nearest" });
}

/* Go to a place; with `extend` the range grows from its anchor. */
function go(row, column, extend = false) {
  active = { row: Math.max(0, Math.min(view.length - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) };
  if (!extend) anchor = { ...active };
  const outside = view.length > ALL_ROWS && (active.row < from || active.row >= from + WINDOW);
  if (outside) draw();
  place(true);
}
/* Go to the cell of a row and column by their keys; a filter that hides it is taken off. */
function goTo(key, columnKey) {
  if (onlyFaulty && !view.some((row) => row.key === key)) filter(false);
  const row = view.findIndex((each) => each.key === key);
  const column = columns.findIndex((each) => each.key === columnKey);
  if (row >= 0) go(row, Math.max(0, column));
}
function filter(on) {
  onlyFaulty = on;
  const box = document.getElementById("m-only-faulty");
  if (box) box.checked = on;
  draw();
}
/* The cells of the range, as rows of [row, column]. */
function selected() {
  const { top, bottom, left, right } = range();
  return view.slice(top, bottom + 1).map((row) => columns.slice(left, right + 1).map((column) => [row, column]));
}

/* ---- mouse ---- */
let dragging = false;
function placeOf(target) {
  const cell = target.closest && target.closest("td[data-column]");
  if (!cell || !body.contains(cell)) return null;
  return { row: from + [...body.rows].indexOf(cell.parentElement), column: cell.cellIndex - 1 };
}
body.addEventListener("mousedown", (event) => {
  const at = placeOf(event.target);
  if (!at || event.button !== 0) return;
  if (event.target === input && sheet.edit.isOpen()) return;
  if (sheet.edit.isOpen()) sheet.edit.keep();
  event.preventDefault();
  dragging = true;
  go(at.row, at.column, event.shiftKey);
});
body.addEventListener("mouseover", (event) => {
  const at = dragging && placeOf(event.target);
  if (at && (at.row !== active.row || at.column !== active.column)) go(at.row, at.column, true);
});
document.addEventListener("mouseup", () => { dragging = false; });
body.addEventListener("dblclick", (event) => {
  if (placeOf(event.target)) sheet.edit.open(true);
});
input.addEventListener("focus", () => table.classList.add("m-has-focus"));
input.addEventListener("blur", () => table.classList.remove("m-has-focus"));

model.news.addEventListener("rows", draw);
model.news.addEventListener("cells", (event) => {
  repaint(event.detail.flatMap((change) => [[change.row, change.column], ...(change.column === "problems" || change.column === "rectified" ? [[change.row, "problems"], [change.row, "rectified"]] : [])]));
});

sheet.grid = {
  input, wrap, draw, place, go, goTo, range, selected, current, cellOf, rowAt, filter, repaint,
  get active() { return active; },
  get rowCount() { return view.length; },
  get from() { return from; },
  get until() { return until(); },
  view: () => view,
  markDifferences(on) { marksDifferences = on; draw(); },
};
