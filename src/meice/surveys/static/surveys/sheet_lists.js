// Around the grid: the cell bar, what is to be mended, differences, remarks, counts, tool bar.
const sheet = window.meiceSheet;
const { model, data } = sheet;
const byId = (id) => document.getElementById(id);
const live = byId("m-live");
const make = (tag, className, text) => { const one = document.createElement(tag); if (className) one.className = className; if (text !== undefined) one.textContent = text; return one; };
function button(label, act, className = "btn btn-sm") {
  const one = make("button", className, label);
  one.type = "button";
  one.addEventListener("click", act);
  return one;
}
const icon = (name) => { const one = byId(`m-icon-${name}`); return one ? one.content.cloneNode(true) : ""; };
sheet.say = (text) => { live.textContent = ""; requestAnimationFrame(() => { live.textContent = text; }); };
sheet.showKeys = () => { const keys = byId("m-sheet-keys"); if (!keys.open) keys.showModal(); };
byId("m-sheet-keys").addEventListener("close", () => sheet.grid.place(true));

/* ---- the cell bar ---- */
const address = byId("m-cell-address"), column = byId("m-cell-column"), message = byId("m-cell-message"), side = byId("m-cell-side");
sheet.bar = (here) => {
  if (!here || !here.row) { address.textContent = "–"; column.textContent = ""; message.replaceChildren(); side.replaceChildren(); return; }
  const { row, column: one } = here;
  const fault = one.holds === "number" ? null : model.faultAt(row, one.key);
  address.textContent = `${one.letter}${model.lines().get(row.key)}`;
  column.textContent = one.short;
  const clash = model.conflicts.get(model.cellKey(row.key, one.key));
  message.className = clash ? "m-text-warn" : fault ? (fault.severity === "error" ? "m-text-bad" : "m-text-warn") : "m-sub";
  message.replaceChildren(...(clash ? said(clash) : fault ? [icon(fault.severity), ` ${fault.message}`] : [plain(row, one)]));
  side.replaceChildren(...(clash ? ways(clash) : mends(row, one, fault)));
};
function plain(row, one) {
  const remark = model.remarkAt(row, one.key);
  if (remark) return `${remark.by} ${remark.at} 退回意见：${remark.text}`;
  const raw = row.raw[one.key];
  if (raw !== undefined && raw !== model.text(row, one.key)) return `原来写的是「${raw}」，已规范为「${model.text(row, one.key)}」。`;
  if (one.holds === "number") return "序号自动编排。";
  if (model.isPending(row.key, one.key)) return "";
  return data.editable ? "" : data.reason;
}
const timeOf = (iso) => new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" }).format(new Date(iso));
function said(clash) {
  if (clash.theirs.removed) return [icon("clash"), ` ${clash.theirs.name} ${timeOf(clash.theirs.at)} 删了这一行，你的是「${clash.mine || "空"}」`];
  return [icon("clash"), ` ${clash.theirs.name} ${timeOf(clash.theirs.at)} 改成「${clash.theirs.value || "空"}」，你的是「${clash.mine || "空"}」`];
}
function ways(clash) {
  const leave = (act) => () => {
    model.conflicts.delete(model.cellKey(clash.row, clash.column));
    act();
    model.tell("queued");
    sheet.grid.draw();
    sheet.grid.goTo(clash.row, clash.column);
  };
  const mine = () => model.step(model.changesFor([[model.byKey.get(clash.row), sheet.column(clash.column), clash.mine]]));
  const page = make("a", "m-tiny", "逐项比较");
  page.href = data.urls.row.replace("00000000-0000-0000-0000-000000000000", clash.row);
  return [button(`用${clash.theirs.name}的`, leave(() => sheet.say("已用对方的。"))), button("用我的", leave(mine)), page];
}
function mends(row, one, fault) {
  const found = [];
  const known = row.register && one.holds !== "number" ? row.register[one.key] || "" : null;
  if (known !== null && known !== model.text(row, one.key)) {
    found.push(make("span", "m-tiny", `台账值：${one.holds === "mobile" && known ? `${known.slice(0, 3)}****${known.slice(-4)}` : known || "空"}`));
    if (data.editable) found.push(button("用台账值", () => put(row.key, one.key, known)));
  }
  if (fault && fault.mend && data.editable && fault.mend.label !== "用台账值") found.push(button(fault.mend.label, () => put(row.key, one.key, fault.mend.value)));
  return found;
}
function put(row, key, value) {
  model.step(model.changesFor([[model.byKey.get(row), sheet.column(key), value]]));
  sheet.grid.goTo(row, key);
}

/* ---- 要改的 ---- */
const SHOWN = 100;
function faults() {
  const every = model.state.faults;
  const errors = every.filter((fault) => fault.severity === "error"), warnings = every.filter((fault) => fault.severity !== "error");
  byId("m-fault-title").textContent = `要改的 ${errors.length} 处`;
  byId("m-fault-more").textContent = "点一下跳到单元格";
  const items = errors.slice(0, SHOWN).map(faultItem);
  if (errors.length > SHOWN) items.push(make("li", "m-fault-rest m-sub", `还有 ${errors.length - SHOWN} 处，改完前面的再列。`));
  byId("m-warnings").hidden = !warnings.length;
  byId("m-warning-title").textContent = `提示 ${warnings.length} 处，可以交`;
  byId("m-warning-list").replaceChildren(...warnings.slice(0, SHOWN).map(faultItem));
  if (!errors.length) items.push(make("li", "m-fault-rest m-sub", "没有错误。"));
  byId("m-fault-list").replaceChildren(...items);
}
/* What is wrong with the header is mended in its own line above the grid. */
function toHeader() {
  const first = document.querySelector("#m-header input.m-input");
  if (first) { first.focus(); first.select(); }
}
function faultItem(fault) {
  const item = make("li", "m-fault");
  const go = button("", () => { if (fault.row) sheet.grid.goTo(fault.row, fault.column); else toHeader(); }, "m-fault-go");
  const mark = make("span", fault.severity === "error" ? "m-num m-text-bad" : "m-num m-text-warn", fault.severity === "error" ? String(fault.number) : "!");
  go.append(mark, make("span", "m-mono", fault.cell || "表头"), make("span", "", fault.message));
  item.append(go);
  if (fault.mend && data.editable && fault.row) item.append(button(fault.mend.label, () => put(fault.row, fault.column, fault.mend.value)));
  return item;
}

/* ---- 与台账的差异 ---- */
function differences() {
  const box = byId("m-difference-body");
  if (!box) return;
  const every = model.state.differences;
  byId("m-difference-title").textContent = `与台账的差异 ${every.length} 处`;
  box.replaceChildren(...every.slice(0, SHOWN).map(differenceLine));
  if (!every.length) {
    const line = make("tr");
    const cell = make("td", "m-sub", "和台账一样。");
    cell.colSpan = 4;
    line.append(cell);
    box.append(line);
  }
}
function differenceLine(each) {
  const line = make("tr");
  const name = make("td", "m-ell"), acts = make("td", "m-act");
  if (each.row) name.append(button(each.name || "新行", () => sheet.grid.goTo(each.row, each.column), "m-link-button"));
  else name.textContent = each.name;
  const change = make("td");
  change.append(make("span", "m-mut", each.old), " → ", make("b", "", each.new));
  if (each.decided) acts.append(make("span", "m-tiny", `已${each.decided}`));
  else if (data.editable && data.urls.decide) for (const act of each.acts) acts.append(sheet.save.decide(each, act));
  line.append(name, make("td", "", each.item), change, acts);
  return line;
}

/* ---- 退回意见 ---- */
function remarks() {
  const panel = byId("m-remarks");
  const every = model.state.remarks;
  panel.hidden = !every.length;
  const open = every.filter((each) => !each.resolved).length;
  byId("m-remark-title").textContent = `退回意见 ${every.length} 处，还有 ${open} 处没改`;
  byId("m-remark-list").replaceChildren(...every.map((each) => {
    const item = make("li", "m-fault");
    const title = sheet.column(each.column);
    const go = button("", () => { if (each.row) sheet.grid.goTo(each.row, each.column || "name"); }, "m-fault-go");
    const words = make("span", "", `${each.by} ${each.at}：${each.text}`);
    go.append(make("span", "m-mono", title ? title.short : each.place || "整行"), words);
    item.append(go);
    if (each.resolved) item.append(make("span", "m-tiny m-text-good", `已改：${each.was || "空"} → ${each.now || "空"}`));
    return item;
  }));
}

/* ---- counts ---- */
function counts() {
  const { rows, errors, tabs } = model.state.counts;
  const faulty = new Set(model.state.faults.map((fault) => fault.row)).size;
  byId("m-row-count").textContent = `${rows} 行 · 有问题 ${faulty} 行`;
  for (const [annex, number] of Object.entries(tabs)) {
    const badge = document.querySelector(`[data-m-tab="${annex}"]`);
    if (!badge) continue;
    badge.hidden = !number;
    badge.querySelector("span").textContent = String(number);
  }
  const left = byId("m-left");
  if (left) left.textContent = errors ? `还有 ${errors} 处错误，改完才能交领导确认` : "没有错误，可以交领导确认";
  for (const one of document.querySelectorAll("[data-m-ready]")) one.hidden = errors > 0 === (one.dataset.mReady === "yes");
}
sheet.windows = (total, first, end) => {
  const bar = byId("m-windows");
  bar.hidden = end - first >= total;
  byId("m-window-text").textContent = `第 ${first + 1}–${end} 行，共 ${total} 行`;
};
byId("m-window-back").addEventListener("click", () => sheet.grid.go(sheet.grid.from - 1, 1));
byId("m-window-on").addEventListener("click", () => sheet.grid.go(sheet.grid.until, 1));

sheet.lists = () => { faults(); differences(); remarks(); counts(); };
model.news.addEventListener("faults", sheet.lists);
model.news.addEventListener("said", (event) => sheet.say(event.detail));
model.news.addEventListener("refused", (event) => {
  const box = byId("m-refused");
  box.hidden = false;
  byId("m-refused-text").textContent = event.detail;
});
