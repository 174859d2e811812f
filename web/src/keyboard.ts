// Keys for frequent ways: Alt with the letter in data-key reaches that element, Alt+/ lists
// them all. Always with Alt, so that no single letter acts on its own (WCAG 2.1.4) and the
// keys work while one is typing.

/** Listens for the keys of the page. */
export function keyboard(): void {
  const help = document.querySelector<HTMLDialogElement>("dialog[data-keys]");
  if (help) fill(help);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "Slash" && help) {
      event.preventDefault();
      help.showModal();
      return;
    }
    const letter = event.code.replace(/^(Key|Digit)/, "").toLowerCase();
    const aim = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(letter)}"]`);
    if (!aim) return;
    event.preventDefault();
    if (aim.matches("a, button, summary")) aim.click();
    else aim.focus();
  });
}

function fill(help: HTMLDialogElement): void {
  const list = help.querySelector("dl");
  if (!list) return;
  for (const aim of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const row = document.createElement("div");
    row.className = "summary-row";
    const key = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = `Alt+${aim.dataset.key?.toUpperCase() ?? ""}`;
    key.append(kbd);
    const words = document.createElement("dd");
    words.textContent = aim.dataset.keyLabel ?? aim.textContent?.trim() ?? "";
    row.append(key, words);
    list.append(row);
  }
}
