// A long select becomes a box that finds its options by name, 简称, full pinyin or initials
// (`data-find` of the option). The select stays in the form and holds the value; without this
// script it is a plain select. Keys as in WAI-ARIA's combobox: arrows, Enter, Escape.
const LISTED = 12;
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
let counter = 0;

class Pick {
  constructor(select) {
    this.select = select;
    this.many = select.multiple;
    this.at = -1;
    counter += 1;
    this.input = Object.assign(document.createElement("input"), { type: "text", className: `${select.className.replace("m-select", "m-input")} m-pick-input`, autocomplete: "off" });
    this.list = Object.assign(document.createElement("ul"), { className: "m-pick-list", id: `m-pick-${counter}`, hidden: true });
    this.chips = this.many ? Object.assign(document.createElement("div"), { className: "m-bar m-pick-chips" }) : null;
    this.dress();
    this.listen();
    this.show();
  }

  dress() {
    const { select, input, list } = this;
    const box = Object.assign(document.createElement("div"), { className: "m-pick-box" });
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    const label = select.labels[0];
    const words = select.getAttribute("aria-label") || (label ? label.textContent.trim() : "");
    if (select.id) [input.id, select.id] = [select.id, `${select.id}-kept`];
    if (!label) input.setAttribute("aria-label", words);
    input.placeholder = this.many ? "名称、简称或拼音，回车加入" : "名称、简称或拼音";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words);
    select.before(box);
    if (this.chips) box.append(this.chips);
    const hadFocus = document.activeElement === select; /* a list that was swapped gives it back */
    box.append(input, list, select);
    if (hadFocus) input.focus();
    select.classList.add("m-pick-kept");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => this.open());
    input.addEventListener("change", (event) => event.stopPropagation()); /* only the select changes */
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("click", () => this.open(true));
    input.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("mousedown", (event) => {
      const item = event.target.closest("li[data-value]");
      event.preventDefault();
      if (item) this.take(item.dataset.value);
    });
    this.select.addEventListener("change", () => this.show());
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.open(true);
      else this.go(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen && this.found[this.at]) {
      event.preventDefault();
      this.take(this.found[this.at].value);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  /* Options whose words begin with, then contain, what was typed. */
  match(text) {
    const wanted = fold(text);
    const every = [...this.select.options].filter((one) => one.value || !this.many);
    if (!wanted) return every;
    const scored = every.map((one) => {
      const keys = [one.text, ...(one.dataset.find || "").split(" ")].map(fold).filter(Boolean);
      return [one, keys.some((key) => key.startsWith(wanted)) ? 0 : keys.some((key) => key.includes(wanted)) ? 1 : 2];
    });
    return scored.filter(([, score]) => score < 2).sort((a, b) => a[1] - b[1]).map(([one]) => one);
  }

  open(all = false) {
    this.found = this.match(all ? "" : this.input.value);
    const shown = this.found.slice(0, LISTED);
    this.list.replaceChildren(...shown.map((one, at) => {
      const item = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}`, textContent: one.text });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(one.selected));
      item.dataset.value = one.value;
      return item;
    }));
    if (!shown.length || this.found.length > LISTED) {
      const rest = shown.length ? `还有 ${this.found.length - LISTED} 个，接着打字` : "没有找到";
      const note = Object.assign(document.createElement("li"), { className: "m-tiny", textContent: rest });
      note.setAttribute("role", "presentation");
      this.list.append(note);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.go(0);
  }

  go(at) {
    const items = this.list.querySelectorAll("li[data-value]");
    this.at = items.length ? Math.max(0, Math.min(items.length - 1, at)) : -1;
    for (const [place, item] of [...items].entries()) item.classList.toggle("m-on", place === this.at);
    if (this.at < 0) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.input.setAttribute("aria-activedescendant", items[this.at].id);
    items[this.at].scrollIntoView({ block: "nearest" });
  }

  take(value) {
    const option = [...this.select.options].find((one) => one.value === value);
    if (option) option.selected = this.many ? !option.selected : true;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.many) this.input.value = ""; /* the chips stay: one of them may be the next target */
    else this.show();
  }

  /* What is chosen: in the box, or as chips that take it back. */
  show() {
    const chosen = [...this.select.selectedOptions];
    if (!this.many) { this.input.value = chosen[0] ? chosen[0].text : ""; return; }
    this.input.value = "";
    this.chips.replaceChildren(...chosen.map((one) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "m-chip m-on", textContent: `${one.text} ×` });
      chip.setAttribute("aria-label", `去掉 ${one.text}`);
      chip.addEventListener("click", () => { this.take(one.value); this.input.focus(); });
      return chip;
    }));
  }
}

function start(area) {
  for (const select of area.querySelectorAll("select[data-m-pick]:not(.m-pick-kept)")) new Pick(select);
}
start(document);
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.target || event.target));
