// Rows that are ticked to be worked on together: all of the page at once, and how many.

/** Wires the lists of the page whose rows can be ticked. */
export function batch(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-batch]")) wire(form);
}

function wire(form: HTMLFormElement): void {
  const all = form.querySelector<HTMLInputElement>("[data-tick-all]");
  const count = form.querySelector<HTMLElement>("[data-ticked]");
  const rows = [...form.querySelectorAll<HTMLInputElement>('tbody input[type="checkbox"]')];
  if (!all || rows.length === 0) return;
  const show = (): void => {
    const ticked = rows.filter((row) => row.checked).length;
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    if (count) count.textContent = ticked > 0 ? (count.dataset.ticked ?? "#").replace("#", String(ticked)) : "";
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
}
