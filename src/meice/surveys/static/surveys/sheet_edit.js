// Editing one cell, the list of a typed column, and every key of design 8. While an input method
// composes (isComposing, keyCode 229) no key is ours.
const sheet = window.meiceSheet;
const { model, grid, columns, data } = sheet;
const { input } = grid;
const list = document.getElementById("m-choices");
const LISTED = 40;
let isOpen = false;
let options = [], chosen = -1;

/* ---- the cell's editor ---- */
/* Open over the old text (F2, double click) or empty (typing replaces). */
function open(keepsText) {
  const { row, column } = grid.current();
  if (isOpen || !data.editable || !row || column.holds === "number") return false;
  isOpen = true;
  input.classList.add("m-editing");
  if (keepsText) {
    input.value = model.text(row, column.key);
    input.setSelectionRange(input.value.length, input.value.length);
  }
  return true;
}
function shut() {
  isOpen = false;
  input.classList.remove("m-editing");
  input.value = "";
  hideList();
}
/* Take what was typed. */
function keep() {
  if (!isOpen) return;
  const { row, column } = grid.current();
  const typed = input.value;
  shut();
  model.step(model.changesFor([[row, column, typed]]));
}
function cancel() { shut(); grid.place(true); }

/* ---- the list ---- */
function showList(all) {
  const { column } = grid.current();
  const words = column.choices || [];
  if (!words.length) return;
  const last = column.holds === "problems" ? input.value.split(/[、，,；;]/).pop().trim() : input.value.trim();
  options = words.filter((word) => all || !last || word.includes(last)).slice(0, LISTED);
  const picked = new Set(input.value.split("、"));
  list.replaceChildren(...options.map((word, at) => {
    const item = document.createElement("li");
    item.id = `m-choice-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(picked.has(word)));
    item.textContent = word;
    return item;
  }));
  list.hidden = !options.length;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.setAttribute("aria-controls", "m-choices");
  const at = options.indexOf(last);
  choose(!all ? -1 : at >= 0 || column.holds === "problems" ? at : 0);
  const cell = input.parentElement.getBoundingClientRect(), frame = grid.wrap.parentElement.getBoundingClientRect();
  const below = cell.bottom - frame.top;
  list.style.left = `${Math.max(0, cell.left - frame.left)}px`;
  list.style.top = `${below}px`;
}
function hideList() {
  if (list.hidden && chosen < 0) return;
  list.hidden = true;
  options = [];
  chosen = -1;
  for (const name of ["role", "aria-expanded", "aria-controls", "aria-activedescendant"]) input.removeAttribute(name);
}
function choose(at) {
  chosen = options.length ? Math.max(-1, Math.min(options.length - 1, at)) : -1;
  for (const [place, item] of [...list.children].entries()) item.classList.toggle("m-on", place === chosen);
  if (chosen >= 0) {
    input.setAttribute("aria-activedescendant", `m-choice-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}
/* Several problems are joined by 、; 无问题 stands alone, and a second choice takes one back. */
function pick(word) {
  const { column } = grid.current();
  if (column.holds !== "problems") { input.value = word; return; }
  const parts = input.value.split("、").filter((part) => column.choices.includes(part) && part !== sheet.values.NOTHING_WRONG);
  if (word === sheet.values.NOTHING_WRONG) input.value = word;
  else input.value = (parts.includes(word) ? parts.filter((part) => part !== word) : [...parts, word]).join("、");
}
list.addEventListener("mousedown", (event) => {
  const item = event.target.closest("li");
  if (!item) return;
  event.preventDefault();
  pick(item.textContent);
  if (grid.current().column.holds === "problems") showList(true);
  else { keep(); grid.place(true); }
});

/* ---- moving ---- */
const filled = (row, column) => Boolean(model.text(grid.rowAt(row), columns[column].key)) || columns[column].holds === "number";
/* Ctrl+arrow: to the edge of what is filled, as a spreadsheet does. */
function edge(rowStep, columnStep) {
  let { row, column } = grid.active;
  const inside = (r, c) => r >= 0 && r < grid.rowCount && c >= 0 && c < columns.length;
  if (!inside(row + rowStep, column + columnStep)) return [row, column];
  const runs = filled(row, column) && filled(row + rowStep, column + columnStep);
  do { row += rowStep; column += columnStep; }
  while (inside(row + rowStep, column + columnStep) && (runs ? filled(row + rowStep, column + columnStep) : !filled(row, column)));
  return [row, column];
}
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
function arrow(event) {
  const [rowStep, columnStep] = ARROWS[event.key];
  const { row, column } = grid.active;
  const [toRow, toColumn] = event.ctrlKey || event.metaKey ? edge(rowStep, columnStep) : [row + rowStep, column + columnStep];
  grid.go(toRow, toColumn, event.shiftKey);
}
/* Tab through the cells; at the last (first) it leaves the grid. */
function tab(event) {
  const { row, column } = grid.active;
  const at = row * columns.length + column + (event.shiftKey ? -1 : 1);
  if (at < 0 || at >= grid.rowCount * columns.length) return false;
  grid.go(Math.floor(at / columns.length), at % columns.length);
  return true;
}
function nextFault(step) {
  const order = new Map(model.rows.map((row, at) => [row.key, at]));
  const wide = columns.length;
  const place = (fault) => order.get(fault.row) * wide + columns.findIndex((column) => column.key === fault.column);
  const errors = model.state.faults.filter((fault) => fault.severity === "error" && order.has(fault.row)).sort((a, b) => place(a) - place(b));
  if (!errors.length) { sheet.say("没有错误了。"); return; }
  const { row, column } = grid.current();
  const here = order.get(row.key) * wide + columns.indexOf(column);
  const later = step > 0 ? errors.find((fault) => place(fault) > here) : [...errors].reverse().find((fault) => place(fault) < here);
  const found = later || errors[step > 0 ? 0 : errors.length - 1];
  grid.goTo(found.row, found.column);
}

/* ---- deeds ---- */
function clear() {
  const cells = grid.selected().flat().map(([row, column]) => [row, column, ""]);
  model.step(model.changesFor(cells));
}
function fillDown() {
  const block = grid.selected();
  const { row, column } = grid.active;
  if (block.length === 1) {
    if (row > 0) model.step(model.changesFor([[grid.rowAt(row), columns[column], model.text(grid.rowAt(row - 1), columns[column].key)]]));
    return;
  }
  const wanted = block.slice(1).flatMap((line) => line.map(([target, one], at) => [target, one, model.text(block[0][at][0], one.key)]));
  model.step(model.changesFor(wanted));
}
function addRow() {
  const { row } = grid.current();
  const change = model.newRow(row ? row.key : null);
  model.step([change, ...model.unitOf(change)]);
  grid.goTo(change.row, "name");
}
function removeRows() {
  const all = grid.selected().map((line) => line[0][0]);
  const before = (key) => { const at = model.rows.findIndex((row) => row.key === key); return at > 0 ? model.rows[at - 1].key : null; };
  const steps = all.map((row) => ({ kind: "remove", row: row.key, after: before(row.key) }));
  model.step(steps);
  sheet.say(`删了 ${all.length} 行，可用 Ctrl+Z 撤销。`);
  grid.place(true);
}
function travel(way) {
  const change = way();
  if (change && model.byKey.has(change.row)) grid.goTo(change.row, change.column || "name");
  else grid.place(true);
}

/* ---- keys ---- */
function control(event) {
  const key = event.key.toLowerCase();
  if (key === "home") return () => grid.go(0, 0, event.shiftKey);
  if (key === "end") return () => grid.go(grid.rowCount - 1, columns.length - 1, event.shiftKey);
  if (key === "z") return () => travel(event.shiftKey ? model.redo : model.undo);
  if (key === "y") return () => travel(model.redo);
  if (key === "d") return fillDown;
  if (key === "a") return () => { grid.go(0, 0); grid.go(grid.rowCount - 1, columns.length - 1, true); };
  if (key === "insert") return addRow;
  const isMinus = event.key === "-" || event.key === "_" || event.code === "Minus" || event.code === "NumpadSubtract";
  return isMinus && event.shiftKey ? removeRows : null;
}
const PLAIN = {
  F1: () => sheet.showKeys(),
  F2: () => open(true),
  Delete: clear,
  Backspace: () => { clear(); },
  Escape: () => grid.go(grid.active.row, grid.active.column),
};
function moving(event) {
  const { row, column } = grid.active;
  if (event.key === "F8") return () => nextFault(event.shiftKey ? -1 : 1);
  if (event.altKey) return event.key === "ArrowDown" ? () => { if (open(true)) showList(true); } : null;
  if (ARROWS[event.key]) return () => arrow(event);
  if (event.ctrlKey || event.metaKey) return control(event);
  if (event.key === "Home") return () => grid.go(row, 0, event.shiftKey);
  if (event.key === "End") return () => grid.go(row, columns.length - 1, event.shiftKey);
  if (event.key === "PageDown" || event.key === "PageUp") return () => grid.go(row + (event.key === "PageDown" ? 12 : -12), column, event.shiftKey);
  if (event.key === "Enter") return () => grid.go(row + (event.shiftKey ? -1 : 1), column);
  return PLAIN[event.key] || null;
}
function editing(event) {
  const listed = !list.hidden && options.length;
  if (event.key === "Escape") return cancel;
  if (event.altKey && event.key === "ArrowDown") return () => showList(true);
  if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) return () => choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  if (listed && event.key === " " && chosen >= 0 && grid.current().column.holds === "problems") return () => { const at = chosen; pick(options[at]); showList(true); choose(at); };
  if (event.key === "Enter") return () => {
    const isPart = grid.current().column.holds === "problems" && chosen >= 0 && input.value.split("、").includes(options[chosen]);
    if (chosen >= 0 && !isPart) pick(options[chosen]);
    keep();
    grid.go(grid.active.row + (event.shiftKey ? -1 : 1), grid.active.column);
  };
  if (event.key === "F1") return () => sheet.showKeys();
  if (event.key === "F8") return () => { keep(); nextFault(event.shiftKey ? -1 : 1); };
  return null;
}
input.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Tab") {
    if (isOpen) keep();
    if (tab(event)) event.preventDefault();
    return;
  }
  const act = isOpen ? editing(event) : moving(event);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
});
/* Typing into the unseen input replaces: it becomes the editor, with what was typed (or is being
   composed) as its only text. */
input.addEventListener("compositionstart", () => { if (!isOpen) open(false); });
input.addEventListener("input", (event) => {
  if (!isOpen && !open(false)) { input.value = ""; return; }
  if (!event.isComposing && grid.current().column.choices.length) showList(false);
});
input.addEventListener("blur", () => { if (isOpen) keep(); });

sheet.edit = { open, keep, cancel, addRow, removeRows, fillDown, isOpen: () => isOpen, travel };
