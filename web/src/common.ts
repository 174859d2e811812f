// Small helps shared by the public's and the staff's pages.

/** A refused form: the list of problems is read first. */
export function focusProblem(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** Says how many characters are left, counted as the server counts them: by code point. */
export function countCharacters(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-count]")) {
    const limit = Number(area.dataset.count);
    const said = document.getElementById(`${area.id}-count`);
    if (!said || area.dataset.counting) continue;
    area.dataset.counting = "yes";
    const say = () => {
      const left = limit - [...area.value].length;
      const words = left < 0 ? said.dataset.over : said.dataset.left;
      said.textContent = (words ?? "").replace("#", String(Math.abs(left)));
      said.classList.toggle("form-count-over", left < 0);
    };
    area.addEventListener("input", say);
    if (area.value) say();
  }
}

/** Shows the copy buttons where the browser can copy: without https only from a text that can be selected. */
export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy][hidden]")) {
    const shown = document.getElementById(button.dataset.copyFrom ?? "");
    if (!navigator.clipboard && !(shown instanceof HTMLTextAreaElement)) continue;
    const label = button.lastChild;
    const words = label?.textContent ?? "";
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (navigator.clipboard) await navigator.clipboard.writeText(button.dataset.copy ?? "");
      else if (!copySelected(shown as HTMLTextAreaElement)) return;
      if (!label) return;
      label.textContent = button.dataset.copied ?? words;
      setTimeout(() => (label.textContent = words), 2000);
    });
  }
}

/** The old way, which needs no secure context; the text stays selected for copying by hand. */
function copySelected(area: HTMLTextAreaElement): boolean {
  area.focus();
  area.select();
  return document.execCommand("copy");
}

/** Shows the print buttons. */
export function printButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Opens one menu of the header at a time; Escape or a click elsewhere closes it. */
export function onePanel(): void {
  const menus = [...document.querySelectorAll<HTMLDetailsElement>("details.switch-menu")];
  const close = (except?: Node) => {
    for (const menu of menus) if (!except || !menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = menus.find((menu) => menu.open);
    close();
    open?.querySelector<HTMLElement>("summary")?.focus();
  });
}

/** A second tap on a slow line must not send a form twice. */
export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented) return;
    // What only hands out a file leaves the page, and its form, as they are.
    if (event.submitter?.hasAttribute("data-download")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  // Coming back by the browser's back button finds the form usable again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
      delete form.dataset.sent;
    }
  });
}
