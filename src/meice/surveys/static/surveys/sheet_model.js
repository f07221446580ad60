// The rows as this page knows them, every change as an operation to be sent, and undo.
const sheet = window.meiceSheet;
const { data, values } = sheet;
const news = new EventTarget();
const tell = (what, detail) => news.dispatchEvent(new CustomEvent(what, { detail }));
const rows = data.rows.map(known);
const byKey = new Map(rows.map((row) => [row.key, row]));
const undone = [], done = [];
const UNDO_STEPS = 200;
let queue = [];            // operations in order; the first `inFlight` of them are on their way
let inFlight = 0;
const conflicts = new Map();  // "row column" → { row, column, mine, theirs }
let state = { faults: data.faults, differences: data.differences, remarks: data.remarks, counts: data.counts };

function known(given) {
  return { key: given.key, version: given.version, cells: { ...given.cells }, raw: { ...given.raw }, register: given.register, changed: given.changed || [], hints: null };
}
const cellKey = (row, column) => `${row} ${column}`;
const text = (row, column) => row.cells[column] || "";
const isPending = (row, column) => queue.some((op) => op.kind === "set" && op.row === row && op.column === column);

/* ---- operations ---- */
function enqueue(op) {
  const at = queue.findIndex((each, place) => place >= inFlight && op.kind === "set" && each.kind === "set" && each.row === op.row && each.column === op.column);
  if (at >= 0) queue[at] = { ...queue[at], value: op.value };
  else queue.push({ id: crypto.randomUUID ? crypto.randomUUID() : uuid(), ...op });
}
/* Pages over plain http on a campus address have no randomUUID. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* ---- changes: one step is one undo ---- */
function apply(change, source) {
  if (change.kind === "set") put(change.row, change.column, change.now, change.typed);
  else if (change.kind === "add") insert(change.row, change.after, source);
  else if (change.kind === "remove") take(change.row);
  else restore(change.row, change.after);
}
function inverse(change) {
  if (change.kind === "set") return { ...change, now: change.was, was: change.now, typed: change.wasTyped, wasTyped: change.typed };
  if (change.kind === "add") return { ...change, kind: "remove" };
  return { ...change, kind: change.kind === "remove" ? "restore" : "remove" };
}
function put(key, column, now, typed) {
  const row = byKey.get(key);
  row.cells[column] = now;
  if (typed !== undefined && typed !== now) row.raw[column] = typed; else delete row.raw[column];
  row.hints = { ...row.hints };
  for (const one of dependent(column)) row.hints[one] = values.hint(row, sheet.column(one));
  conflicts.delete(cellKey(key, column));
  enqueue({ kind: "set", row: key, column, value: typed === undefined ? now : typed, version: row.version });
}
const dependent = (column) => (column === "problems" || column === "rectified" ? ["problems", "rectified"] : [column]).filter(sheet.column);
function insert(key, after, source = "typed") {
  const row = byKey.get(key) || known({ key, version: 1, cells: {}, raw: {}, register: null });
  const place = after ? rows.findIndex((each) => each.key === after) + 1 : rows.length;
  rows.splice(place, 0, row);
  byKey.set(key, row);
  enqueue({ kind: "add", row: key, after: after || null, source });
}
function take(key) {
  const at = rows.findIndex((row) => row.key === key);
  if (at < 0) return;
  enqueue({ kind: "remove", row: key, version: rows[at].version });
  rows.splice(at, 1);
}
function restore(key, after) {
  const row = byKey.get(key);
  if (!row || rows.includes(row)) return;
  rows.splice(after ? rows.findIndex((each) => each.key === after) + 1 : 0, 0, row);
  enqueue({ kind: "restore", row: key });
}

/* Take a list of changes as one step. `source` is typed or paste. */
function step(changes, source = "typed") {
  if (!changes.length || !data.editable) return;
  for (const change of changes) apply(change, source);
  done.push({ changes, source });
  if (done.length > UNDO_STEPS) done.shift();
  undone.length = 0;
  changed(changes);
}
function changed(changes) {
  const shape = changes.some((change) => change.kind !== "set");
  tell(shape ? "rows" : "cells", changes);
  tell("queued");
}
function undo() { return travel(done, undone, (changes) => [...changes].reverse().map(inverse)); }
function redo() { return travel(undone, done, (changes) => changes); }
function travel(from, to, turned) {
  const last = from.pop();
  if (!last || !data.editable) return null;
  const changes = turned(last.changes).filter((change) => change.kind === "add" || change.kind === "restore" || byKey.has(change.row));
  for (const change of changes) apply(change, last.source);
  to.push(last);
  changed(changes);
  return changes.find((change) => change.kind === "set") || changes[0] || null;
}

/* The changes that put `typed` texts into cells: [[row, column, typed], …]. 是否整改 follows 无问题
   by itself unless the same step says otherwise. */
function changesFor(wanted) {
  const found = [];
  const named = new Set(wanted.map(([row, column]) => cellKey(row.key, column.key)));
  let settled = null;
  for (const [row, column, typed] of wanted) {
    if (column.holds === "number") continue;
    const now = values.read(column, typed);
    const was = text(row, column.key);
    if (now !== was) found.push({ kind: "set", row: row.key, column: column.key, was, now, typed: typed.trim(), wasTyped: row.raw[column.key] ?? was });
    const follows = column.key === "problems" && now === values.NOTHING_WRONG && !named.has(cellKey(row.key, "rectified"));
    if (follows && text(row, "rectified") !== "-") {
      found.push({ kind: "set", row: row.key, column: "rectified", was: text(row, "rectified"), now: "-", typed: "-", wasTyped: text(row, "rectified") });
      settled = row;
    }
  }
  if (settled) tell("said", "无问题，「是否整改」已自动设为「-」。");
  return found;
}
const newRow = (after) => ({ kind: "add", row: crypto.randomUUID ? crypto.randomUUID() : uuid(), after });
/* A new row is of this unit: nobody types what is known. */
function unitOf(change) {
  const column = data.annex === 1 ? "unit" : "department";
  return [{ kind: "set", row: change.row, column, was: "", now: data.unit, typed: data.unit, wasTyped: "" }];
}

/* ---- what the server says ---- */
function answered(sent, answer) {
  queue = queue.slice(sent.length);
  inFlight = 0;
  const saved = new Set();
  for (const op of sent) {
    const outcome = answer.outcomes[op.id];
    if (!outcome || outcome.result === "saved") saved.add(cellKey(op.row, op.column || ""));
    else if (outcome.result === "conflict") clash(op, outcome);
    else tell("refused", outcome.reason);
  }
  receive(answer);
  for (const op of queue) {
    if (op.kind === "set" && saved.has(cellKey(op.row, op.column))) op.version = byKey.get(op.row).version;
    else if (op.kind === "remove" && byKey.has(op.row)) op.version = byKey.get(op.row).version;
  }
  tell("queued");
}
function clash(op, outcome) {
  const row = byKey.get(op.row);
  if (op.kind === "set") conflicts.set(cellKey(op.row, op.column), { row: op.row, column: op.column, mine: op.value, theirs: outcome.theirs });
  else tell("refused", outcome.reason);
  if (row && op.kind === "set") row.cells[op.column] = outcome.theirs.value;
}
function receive(answer) {
  for (const given of answer.rows || []) merge(given);
  if (answer.order) reorder(answer.order);
  for (const part of ["faults", "differences", "remarks", "counts"]) if (answer[part]) state = { ...state, [part]: answer[part] };
  if (answer.since !== undefined) data.since = answer.since;
  if (answer.faults) for (const row of rows) if (!queue.some((op) => op.row === row.key)) row.hints = null;
  tell("rows");
  tell("faults");
}
function merge(given) {
  const row = byKey.get(given.key);
  if (!row) { byKey.set(given.key, known(given)); return; }
  const mine = Object.fromEntries(queue.filter((op) => op.kind === "set" && op.row === row.key).map((op) => [op.column, text(row, op.column)]));
  const raw = Object.fromEntries(Object.keys(mine).filter((key) => key in row.raw).map((key) => [key, row.raw[key]]));
  row.cells = { ...given.cells, ...mine };
  row.raw = { ...given.raw, ...raw };
  Object.assign(row, { version: given.version, register: given.register, changed: given.changed });
}
function reorder(order) {
  const mine = rows.filter((row) => queue.some((op) => op.kind === "add" && op.row === row.key));
  const gone = new Set(queue.filter((op) => op.kind === "remove").map((op) => op.row));
  const back = queue.filter((op) => op.kind === "restore").map((op) => byKey.get(op.row)).filter(Boolean);
  const standing = order.filter((key) => byKey.has(key) && !gone.has(key)).map((key) => byKey.get(key));
  const extra = [...mine, ...back].filter((row) => !standing.includes(row));
  rows.splice(0, rows.length, ...standing, ...extra);
}

/* ---- reading ---- */
function faultsOf(key) { return state.faults.filter((fault) => fault.row === key); }
function faultAt(row, column) {
  if (row.hints && column in row.hints) return row.hints[column] && { number: "…", ...row.hints[column] };
  return state.faults.find((fault) => fault.row === row.key && fault.column === column) || null;
}
function differenceAt(row, column) {
  return state.differences.find((each) => each.row === row.key && !each.decided && each.columns.includes(column)) || null;
}
function remarkAt(row, column) {
  return state.remarks.find((each) => each.row === row.key && !each.resolved && (each.column === column || (!each.column && column === "name"))) || null;
}
/* The number of the row in the written .xls: blank rows are not written. */
function lines() {
  let line = data.first;
  const found = new Map();
  for (const row of rows) { found.set(row.key, line); if (!values.isBlank(row)) line += 1; }
  return found;
}

sheet.model = {
  rows, byKey, news, tell, step, undo, redo, changesFor, newRow, unitOf, answered, receive, text, conflicts, cellKey, isPending,
  faultsOf, faultAt, differenceAt, remarkAt, lines,
  get state() { return state; },
  get queue() { return queue; },
  get canUndo() { return done.length > 0; },
  get canRedo() { return undone.length > 0; },
  send(count) { inFlight = Math.min(count, queue.length); return queue.slice(0, inFlight); },
  failed() { inFlight = 0; },
  /* Operations that a reload found in this tab: put them back into cells and queue. */
  recall(kept) {
    for (const op of kept.queue) {
      const row = byKey.get(op.row);
      if (op.kind === "set" && row) { row.cells[op.column] = values.read(sheet.column(op.column), op.value); queue.push(op); }
      else if (op.kind === "add" && !row) { insert(op.row, op.after, op.source); queue[queue.length - 1] = op; }
      else if (op.kind !== "set") { if (op.kind === "remove" && row && rows.includes(row)) rows.splice(rows.indexOf(row), 1); queue.push(op); }
    }
    for (const one of kept.conflicts) conflicts.set(cellKey(one.row, one.column), one);
  },
};
