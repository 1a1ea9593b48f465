/** The page of all notifications, from the newest below a number on. */
export function notificationsHref(slug: string, before?: number): string {
  return before === undefined ? `/${slug}/notifications` : `/${slug}/notifications?before=${before}`
}

/** The number of an address; undefined for what is none. */
export function readPlace(text: string | string[] | undefined): number | undefined {
  const number = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0
  return number > 0 ? number : undefined
}
