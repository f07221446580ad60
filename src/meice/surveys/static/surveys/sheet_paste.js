// The clipboard. One cell is pasted at once; a block opens the preview (picture 03c): where it
// goes, what it overwrites, which column is which, what is taken as it is, mended, wrong.
const sheet = window.meiceSheet;
const { model, grid, values, columns, data } = sheet;
const dialog = document.getElementById("m-paste");
const byId = (id) => document.getElementById(id);
const make = (tag, className, text) => { const one = document.createElement(tag); if (className) one.className = className; if (text !== undefined) one.textContent = text; return one; };
const PREVIEWED = 60;
let block = null;   // { lines, start, keys, headed }

/* ---- out ---- */
function copy(event) {
  if (sheet.edit.isOpen()) return false;
  const lines = grid.selected().map((line) => line.map(([row, column]) => (column.holds === "number" ? String(model.rows.indexOf(row) + 1) : model.text(row, column.key))));
  event.clipboardData.setData("text/plain", values.toTabs(lines));
  event.preventDefault();
  sheet.say(`复制了 ${lines.length} 行 ${lines[0].length} 列。`);
  return true;
}
grid.input.addEventListener("copy", copy);
grid.input.addEventListener("cut", (event) => {
  if (!copy(event)) return;
  model.step(model.changesFor(grid.selected().flat().map(([row, column]) => [row, column, ""])));
});

/* ---- in ---- */
grid.input.addEventListener("paste", (event) => {
  if (sheet.edit.isOpen()) return;
  event.preventDefault();
  take(event.clipboardData.getData("text/plain"));
});
function take(text) {
  if (!data.editable || !text.trim()) return;
  const lines = values.fromTabs(text).filter((line) => line.some((cell) => cell.trim()));
  if (lines.length === 1 && lines[0].length === 1) { single(lines[0][0]); return; }
  const known = values.headings(lines[0]);
  const wide = Math.max(...lines.map((line) => line.length));
  const { row, column } = grid.active;
  const keys = known || columns.slice(column, column + wide).map((one) => one.key);
  while (keys.length < wide) keys.push("");
  block = { lines: known ? lines.slice(1) : lines, start: row, keys, headed: Boolean(known), wide };
  if (!block.lines.length) return;
  preview();
  dialog.showModal();
  byId("m-paste-go").focus();
}
/* One value goes into the active cell, or into every cell of the range. */
function single(text) {
  model.step(model.changesFor(grid.selected().flat().map(([row, column]) => [row, column, text])), "paste");
}

/* ---- the preview ---- */
/* What the block would do: a line each, {row or null, cells: [{column, typed, now, was, kind}]}. */
function plan() {
  const view = grid.view();
  return block.lines.map((line, at) => {
    const row = view[block.start + at] || null;
    const trial = { key: "", cells: { ...(row ? row.cells : {}) }, raw: {} };
    const cells = block.keys.map((key, place) => {
      const column = key && sheet.column(key);
      if (!column || column.holds === "number") return null;
      const typed = (line[place] || "").trim();
      const now = values.read(column, typed);
      trial.cells[key] = now;
      return { column, typed, now, was: row ? model.text(row, key) : "" };
    }).filter(Boolean);
    for (const cell of cells) {
      cell.hint = values.hint(trial, cell.column);
      cell.kind = cell.hint && cell.hint.severity === "error" ? "wrong" : cell.now !== cell.typed ? "mended" : "plain";
    }
    return { row, cells };
  });
}
function preview() {
  const lines = plan();
  const every = lines.flatMap((line) => line.cells);
  const count = (kind) => every.filter((cell) => cell.kind === kind).length;
  const [plain, mended, wrong] = [count("plain"), count("mended"), count("wrong")];
  const first = block.keys.map((key) => key && sheet.column(key)).find((column) => column && column.holds !== "number");
  byId("m-paste-title").textContent = `粘贴 ${lines.length} 行 × ${block.wide} 列，从 ${first ? first.letter : "B"}${lineOf(0)} 起`;
  byId("m-paste-count").textContent = `${every.length} 格：照收 ${plain}，自动规范 ${mended}，有错 ${wrong}`;
  byId("m-paste-words").textContent = sentence(lines);
  byId("m-paste-some").textContent = `只粘照收的 ${plain + mended} 格`;
  byId("m-paste-some").hidden = !wrong;
  drawTable(lines);
  notes(lines, mended, wrong);
}
/* The row number in the .xls: of the row itself, below the last one they go on. */
function lineOf(at) {
  const view = grid.view(), numbers = model.lines();
  const row = view[block.start + at];
  if (row) return numbers.get(row.key);
  const last = view[view.length - 1];
  const next = last ? numbers.get(last.key) + (values.isBlank(last) ? 0 : 1) : data.first;
  return next + (block.start + at - view.length);
}
function span(numbers) { return numbers.length > 2 ? `第 ${numbers[0]}–${numbers[numbers.length - 1]} 行` : numbers.length ? `第 ${numbers.join("、")} 行` : ""; }
function sentence(lines) {
  const old = [], fresh = [];
  lines.forEach((line, at) => (line.row ? old : fresh).push(lineOf(at)));
  const how = block.headed ? "认出第一行是表头，已按列名对应；对错了可在表头换列。" : "没有认出表头，按位置对应；不对可在表头换列。";
  const over = old.length ? `${span(old)}会被覆盖（划线的是原值）` : "";
  const more = fresh.length ? `${span(fresh)}是新行` : "";
  return `${how}${[over, more].filter(Boolean).join("，")}。`;
}
function drawTable(lines) {
  const head = make("tr");
  head.append(make("th", "", "行"), ...block.keys.map(headCell));
  byId("m-paste-head").replaceChildren(head);
  let number = 0;
  const drawn = lines.slice(0, PREVIEWED).map((line, at) => {
    const tr = make("tr", line.row ? "" : "m-new-row");
    const th = make("th", "m-row-no", String(lineOf(at)));
    th.scope = "row";
    tr.append(th);
    for (const key of block.keys) {
      const cell = line.cells.find((one) => one.column.key === key);
      const td = make("td", cell ? { wrong: "m-cell-error", mended: "m-cell-mended", plain: "" }[cell.kind] : "m-mut", cell ? "" : "不粘");
      if (cell) {
        td.append(make("span", "", cell.now));
        if (cell.was && cell.was !== cell.now) td.append(make("del", "m-two", cell.was));
        if (cell.kind === "wrong") { number += 1; td.append(make("span", "m-cell-no", String(number))); td.title = cell.hint.message; }
      }
      tr.append(td);
    }
    return tr;
  });
  byId("m-paste-rows").replaceChildren(...drawn);
}
function headCell(key, place) {
  const th = make("th");
  th.scope = "col";
  const select = make("select", "m-paste-column");
  select.setAttribute("aria-label", `第 ${place + 1} 列粘到`);
  select.append(new Option("不粘这一列", ""), ...sheet.typed.map((column) => new Option(column.short, column.key)));
  select.value = key === "number" ? "" : key;
  select.addEventListener("change", () => {
    block.keys = block.keys.map((one, at) => (at === place ? select.value : one === select.value ? "" : one));
    preview();
    byId("m-paste-head").querySelectorAll("select")[place].focus();
  });
  th.append(select);
  return th;
}
function notes(lines, mended, wrong) {
  const of = (kind) => lines.flatMap((line, at) => line.cells.filter((cell) => cell.kind === kind).map((cell) => [cell, `${cell.column.letter}${lineOf(at)}`]));
  const box = byId("m-paste-notes");
  box.replaceChildren();
  const line = (label, words) => { const p = make("p", "m-sub"); p.append(make("b", "", label), words); box.append(p); };
  if (mended) line(`规范 ${mended} 格：`, of("mended").slice(0, 4).map(([cell]) => `「${cell.typed}」→「${cell.now || "空"}」`).join("；") + (mended > 4 ? " 等。" : "。"));
  if (wrong) line(`有错 ${wrong} 格：`, of("wrong").slice(0, 3).map(([cell, place]) => `${place} ${cell.hint.message}`).join("") + "可先粘进去再改，也可现在取消。");
  if (lines.length > PREVIEWED) line("", `只列前 ${PREVIEWED} 行，其余 ${lines.length - PREVIEWED} 行照样粘贴。`);
}

/* ---- doing it: one undo step ---- */
function paste(withWrong) {
  const changes = [];
  const wanted = [];
  const view = grid.view();
  let above = view.length ? view[view.length - 1].key : null;
  for (const line of plan()) {
    let row = line.row;
    const cells = line.cells.filter((cell) => withWrong || cell.kind !== "wrong");
    if (!row) {
      const added = model.newRow(above);
      changes.push(added);
      if (!cells.some((cell) => ["unit", "department"].includes(cell.column.key))) changes.push(...model.unitOf(added));
      above = added.row;
      row = { key: added.row, cells: {}, raw: {} };
    }
    wanted.push(...cells.map((cell) => [row, cell.column, cell.typed]));
  }
  const start = block.start;
  dialog.close();
  model.step([...changes, ...model.changesFor(wanted)], "paste");
  sheet.say(`粘贴了 ${wanted.length} 格，可用 Ctrl+Z 撤销。`);
  grid.go(start, grid.active.column);
}
byId("m-paste-go").addEventListener("click", () => paste(true));
byId("m-paste-some").addEventListener("click", () => paste(false));
dialog.addEventListener("close", () => { grid.place(true); });
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.matches("select, button")) return;
  event.preventDefault();
  paste(true);
});

/* ---- the tool bar, and the beginning ---- */
const press = (id, act) => { const one = byId(id); if (one) one.addEventListener("click", act); };
press("m-add-row", () => sheet.edit.addRow());
press("m-remove-row", () => sheet.edit.removeRows());
press("m-undo", () => sheet.edit.travel(model.undo));
press("m-redo", () => sheet.edit.travel(model.redo));
press("m-fill-down", () => { sheet.edit.fillDown(); grid.place(true); });
press("m-from-clipboard", async () => {
  try { take(await navigator.clipboard.readText()); }
  catch { sheet.say("浏览器不让页面读剪贴板：点一下要粘的单元格，按 Ctrl+V。"); byId("m-cell-message").textContent = "点一下要粘的单元格，按 Ctrl+V。"; grid.place(true); }
});
byId("m-mark-differences").addEventListener("change", (event) => grid.markDifferences(event.target.checked));
byId("m-only-faulty").addEventListener("change", (event) => grid.filter(event.target.checked));
sheet.save.recall();
grid.draw();
sheet.lists();
if (!data.editable) document.body.classList.add("m-sheet-locked");
document.getElementById("m-sheet").dataset.ready = "yes";
