// Takes a co-unit's words over into the lead's answer, and templates into any text, without
// leaving the page, so that files already chosen stay chosen. Without scripts the same buttons send the form.

/** Appends each quote once, behind what was typed. */
export function quoteButtons(): void {
  const quotes = [...document.querySelectorAll<HTMLButtonElement>("button[data-quote]")];
  const area = document.querySelector<HTMLTextAreaElement>("#verb-form textarea#text");
  if (!area) return;
  const take = (words: string) => {
    if (!words || area.value.includes(words)) return;
    area.value = area.value.trimEnd() ? `${area.value.trimEnd()}\n${words}` : words;
  };
  const taken = (event: Event) => {
    event.preventDefault();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  };
  for (const button of quotes) {
    button.addEventListener("click", (event) => {
      take(button.dataset.quote ?? "");
      taken(event);
    });
  }
  document.querySelector("button[data-quote-all]")?.addEventListener("click", (event) => {
    for (const button of quotes) take(button.dataset.quote ?? "");
    taken(event);
  });
}

/** Appends the chosen template, once, behind what was typed. */
export function insertButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-insert]")) {
    const form = button.form;
    const choice = form?.querySelector<HTMLSelectElement>("select#phrase");
    const area = form?.querySelector<HTMLTextAreaElement>(`textarea#${button.dataset.insert ?? ""}`);
    if (!choice || !area) continue;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const words = choice.selectedOptions[0]?.dataset.text ?? "";
      if (!words) return choice.focus();
      if (!area.value.includes(words)) area.value = area.value.trimEnd() ? `${area.value.trimEnd()}\n${words}` : words;
      choice.value = "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
  }
}
