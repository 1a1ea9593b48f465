/** What has the keys for itself while it is open; a toast only tells something. */
const OPEN = ':is([role="dialog"], [role="alertdialog"]):not([data-toast]), [role="menu"], [role="listbox"]'

/** Somebody types, or has something open that Escape closes: the keys of the page are theirs. */
export function keysAreTaken(target: EventTarget | null): boolean {
  const isTyped =
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]')
  return Boolean(isTyped) || document.querySelector(OPEN) !== null
}
