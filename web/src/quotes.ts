// Takes a co-unit's words over into the lead's answer, and templates into any text, without
// leaving the page, so that files already chosen stay chosen. Without scripts the same buttons send the form.

/** Appends each quote once, behind what was typed. */
export function quoteButtons(): void {
  const quotes = [...document.querySelectorAll<HTMLButtonElement>("button[data-quote]:not([data-item])")];
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

/** Looks into the knowledge base beside the form of an answer, and quotes from it: which item in
 * which version travels with the answer. */
export function knowledge(): void {
  const panel = document.querySelector<HTMLElement>("[data-knowledge]");
  const form = document.querySelector<HTMLFormElement>("#verb-form");
  const area = form?.querySelector<HTMLTextAreaElement>("textarea#text");
  const search = panel?.querySelector<HTMLInputElement>("#look_up");
  if (!panel || !form || !area || !search) return;
  panel.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.item) quote(button.dataset.item, button.dataset.quote ?? "");
    else void look();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void look();
  });

  function quote(item: string, words: string): void {
    const quoted = panel?.querySelector<HTMLInputElement>('input[name="quoted"]');
    if (quoted && !quoted.value.split(" ").includes(item)) quoted.value = `${quoted.value} ${item}`.trim();
    if (!area) return;
    if (!area.value.includes(words)) area.value = area.value.trimEnd() ? `${area.value.trimEnd()}\n${words}` : words;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  async function look(): Promise<void> {
    if (!form || !search || !panel) return;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    fields.set("look", "yes");
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [panel, page].map((place) => place.querySelector("[data-known-items]"));
    if (old && fresh) old.replaceWith(fresh);
    const looked = panel.querySelector<HTMLInputElement>('input[name="looked_up"]');
    if (looked) looked.value = search.value;
  }
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
