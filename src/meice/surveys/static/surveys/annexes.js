// The annex page: names of dropped folders; the grid with its keys. Without it the page still
// works: files are sent without their folders, links lead to the cells.

const upload = document.querySelector("[data-annex-upload]");
const sheet = document.querySelector("[data-annex-sheet]");

function keepFolders(form) {
  form.addEventListener("submit", () => {
    const files = [...form.querySelectorAll('input[type="file"][name="uploads"]')]
      .flatMap((input) => [...input.files]);
    const names = files.map((file) => file.webkitRelativePath || file.name);
    form.elements.folders.value = JSON.stringify(names);
  });
}

class Grid {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table[role=grid]");
    this.bar = root.querySelector("[data-annex-bar]");
    this.faulty = [...root.querySelectorAll("td[aria-describedby]")];
    root.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.table?.addEventListener("focusin", (event) => this.show(event.target.closest("td")));
    const first = this.table?.querySelector("tbody td[id]");
    if (first) first.tabIndex = 0;
    this.arrive();
  }

  arrive() {
    const wanted = location.hash.slice(1);
    if (wanted === "first-fault") this.go(this.faulty[0]);
    else if (wanted === "last-fault") this.go(this.faulty.at(-1));
    else if (/^[A-Z]{1,3}[0-9]+$/.test(wanted)) this.go(document.getElementById(wanted));
  }

  go(cell) {
    if (!cell) return;
    const previous = this.root.querySelector('td[tabindex="0"]');
    if (previous) previous.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "center", inline: "nearest" });
    this.show(cell);
  }

  show(cell) {
    if (!cell || !this.bar) return;
    this.bar.querySelector("[data-annex-address]").textContent = cell.id || "—";
    this.bar.querySelector("[data-annex-title]").textContent = cell.dataset.title || "";
    const described = cell.getAttribute("aria-describedby");
    const fault = described && document.getElementById(described);
    const message = this.bar.querySelector("[data-annex-message]");
    message.textContent = fault ? fault.textContent : "这一格没有要改的";
    message.className = cell.getAttribute("aria-invalid") ? "m-text-bad" : fault ? "m-text-warn" : "m-sub";
    this.table.querySelector("tr.m-current")?.classList.remove("m-current");
    cell.closest("tr").classList.add("m-current");
  }

  clicked(event) {
    const link = event.target.closest("[data-annex-fault]");
    const cell = link ? document.getElementById(link.dataset.annexFault) : event.target.closest("td[id]");
    if (!cell) return;
    if (link) event.preventDefault();
    this.go(cell);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "F8") this.jump(event.shiftKey ? -1 : 1, event);
    else if (this.table?.contains(document.activeElement)) this.walk(event);
  }

  jump(step, event) {
    event.preventDefault();
    if (!this.faulty.length) return this.leave(step);
    const here = document.activeElement;
    const at = this.faulty.indexOf(here);
    if (at >= 0) {
      const next = this.faulty[at + step];
      return next ? this.go(next) : this.leave(step);
    }
    const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const beyond = this.faulty.filter((cell) => here.compareDocumentPosition(cell) & side);
    const order = step > 0 ? beyond : beyond.reverse();
    const all = step > 0 ? this.faulty : [...this.faulty].reverse();
    this.go(this.table?.contains(here) ? order[0] ?? all[0] : all[0]);
  }

  leave(step) {
    const link = document.querySelector(step > 0 ? "[data-annex-next]" : "[data-annex-previous]");
    if (link) location.assign(`${link.href}#${step > 0 ? "first" : "last"}-fault`);
    else this.go(step > 0 ? this.faulty[0] : this.faulty.at(-1));
  }

  walk(event) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const cell = document.activeElement;
    const row = cell.parentElement;
    const line = move[0] < 0 ? row.previousElementSibling : move[0] > 0 ? row.nextElementSibling : row;
    const next = line?.children[cell.cellIndex + move[1]];
    if (next?.matches("td[id]")) this.go(next);
  }
}

if (upload) keepFolders(upload);
if (sheet) new Grid(sheet);
