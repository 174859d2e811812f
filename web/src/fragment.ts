// A receipt's QR code leads to /track#number/code. The fragment never leaves the browser; it
// is moved into the form and taken out of the address, so that no history keeps it.

/** Fills number and code in and leaves the sending to the reader's tap. */
export function codeFromFragment(): void {
  const [number, code] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const form = document.querySelector<HTMLFormElement>('form[action="/track"]');
  if (!form || !number || !code) return;
  const fill = (name: string, value: string) => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  };
  fill("number", number);
  fill("code", code);
  history.replaceState(null, "", location.pathname);
  form.querySelector<HTMLButtonElement>("[type=submit]")?.focus();
}
