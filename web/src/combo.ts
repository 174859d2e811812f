// Makes a long select one that is searched while typing: by words, code or pinyin initials
// (data-search of its options), or by names of the past (data-formerly, parted by |), which are
// then said beside the name of today. The select stays what the form sends; without this file it is
// an ordinary list. Follows the combobox pattern of the ARIA Authoring Practices.

/** Something to choose, and what happens when it is chosen. */
export interface Offer {
  label: string;
  group: string;
  take: () => void;
}

const SHOWN = 30;

/** Makes every select of the page searchable that asks for it; its mark says what stands where
 *  nothing fits. */
export function combos(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-combo]:not([hidden])")) {
    combo(select, select.dataset.combo ?? "");
  }
}

/** Turns a select into a searchable one. */
function combo(select: HTMLSelectElement, nothing: string): void {
  const input = document.createElement("input");
  input.className = "form-control";
  input.id = select.id;
  select.id = `${input.id}-list`;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    const value = select.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
  const holder = document.createElement("div");
  select.before(holder);
  select.hidden = true;
  holder.append(input, select);
  const prompt = select.options[0]?.text ?? "";
  input.placeholder = prompt;
  const show = () => {
    const chosen = select.selectedOptions[0];
    input.value = chosen?.value ? chosen.text : "";
  };
  const choose = (value: string) => {
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const offers = (typed: string): Offer[] => {
    const words = typed.trim().toLowerCase();
    const chosen = select.selectedOptions[0];
    const all = [...select.options].filter((option) => option.value && !option.disabled);
    const names = (option: HTMLOptionElement) =>
      option.text.toLowerCase().includes(words) || (option.dataset.search ?? "").toLowerCase().includes(words);
    const formerly = (option: HTMLOptionElement) =>
      (option.dataset.formerly ?? "").split("|").find((name) => name.toLowerCase().includes(words)) ?? "";
    const fits = (option: HTMLOptionElement) => names(option) || formerly(option) !== "";
    const called = (option: HTMLOptionElement) =>
      words && !option.text.toLowerCase().includes(words) ? option.text + formerly(option) : option.text;
    const begins = (option: HTMLOptionElement) =>
      (option.dataset.search ?? "").toLowerCase().split(" ").some((part) => part.startsWith(words));
    const found = !words || (chosen?.value && typed === chosen.text) ? all : all.filter(fits);
    if (words) found.sort((a, b) => Number(begins(b)) - Number(begins(a)));
    return found.slice(0, SHOWN).map((option) => ({
      label: called(option),
      group: option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "",
      take: () => choose(option.value),
    }));
  };
  suggest(input, holder, async (typed) => offers(typed), nothing);
  // What was typed and not chosen is nothing chosen.
  input.addEventListener("change", () => {
    if (!input.value.trim()) choose("");
    show();
  });
  select.addEventListener("change", show);
  show();
}

/** Offers what `find` finds under an input, by keyboard and mouse. */
export function suggest(
  input: HTMLInputElement,
  holder: HTMLElement,
  find: (typed: string) => Promise<Offer[]>,
  nothing: string,
): void {
  const list = document.createElement("ul");
  list.className = "combo-list";
  list.id = `${input.id}-offers`;
  list.setAttribute("role", "listbox");
  const label = document.querySelector<HTMLElement>(`label[for="${CSS.escape(input.id)}"]`)?.textContent ?? "";
  list.setAttribute("aria-label", label);
  list.hidden = true;
  holder.classList.add("combo");
  holder.append(list);
  input.autocomplete = "off";
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) {
    input.setAttribute(name, value);
  }
  let offers: Offer[] = [];
  let at = -1;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (next: number) => {
    at = next;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    const item = list.children[at];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const open = async () => {
    const turn = ++asked;
    const found = await find(input.value);
    if (turn !== asked || document.activeElement !== input) return;
    offers = found;
    list.replaceChildren(...offers.map((offer, n) => row(offer, `${list.id}-${n}`)));
    if (!offers.length && nothing && input.value.trim()) list.append(empty(nothing));
    const any = list.children.length > 0;
    list.hidden = !any;
    input.setAttribute("aria-expanded", String(any));
    if (offers.length && input.value.trim()) point(0);
    else at = -1;
  };
  const take = () => {
    const offer = offers[at];
    close();
    offer?.take();
  };
  input.addEventListener("input", () => void open());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void open();
      else if (offers.length) point((at + (event.key === "ArrowDown" ? 1 : -1) + offers.length) % offers.length);
    } else if (event.key === "Enter" && !list.hidden && offers[at]) {
      event.preventDefault();
      take();
    } else if (event.key === "Tab" && !list.hidden && offers[at] && input.value.trim()) {
      take();
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = (event.target as Element).closest("li");
    point([...list.children].indexOf(item as Element));
    take();
  });
}

function row(offer: Offer, id: string): HTMLElement {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.textContent = offer.label;
  if (offer.group) {
    const group = document.createElement("span");
    group.className = "combo-group";
    group.textContent = offer.group;
    item.append(" ", group);
  }
  return item;
}

function empty(words: string): HTMLElement {
  const item = document.createElement("li");
  item.className = "combo-none";
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", "true");
  item.textContent = words;
  return item;
}
