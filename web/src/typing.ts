// Typing in a form marked data-keep is not lost by a wrong click.

/** Asks before leaving a page with something typed and not sent. */
export function keepTyping(): void {
  let typed = false;
  document.addEventListener("input", (event) => {
    if ((event.target as Element).closest("form[data-keep]")) typed = true;
  });
  document.addEventListener("submit", () => (typed = false));
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
