/** What floats above the page: menus, lists, hints. */
export const POPUP_STYLE =
  'rounded-lg bg-raised text-ink text-sm shadow-pop outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-[0.98] data-starting-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:opacity-0'

export const POPUP_ITEM_STYLE =
  'flex cursor-default select-none items-center gap-2 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover data-disabled:opacity-55 pointer-coarse:py-2.5'
