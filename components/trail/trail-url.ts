/** Parameters of the trail page that are not part of the filter. */
export const PAGE_PARAMS = ['cursor', 'limit', 'order', 'columns', 'density', 'live', 'view']

/** Stands for no saved view on purpose: an address that says nothing opens the default one. */
export const NO_VIEW = 'all'

/** The filter goes on, the page starts anew: a cursor belongs to one filter only. */
function startAgain(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('cursor')
  return next
}

/** A value as it stands in the URL when only events with it are wanted; `!` at its start would exclude. */
export function including(value: string): string {
  return value.startsWith('!') ? `\\${value}` : value
}

export function excluding(value: string): string {
  return `!${value}`
}

export function isExcluding(raw: string): boolean {
  return raw.startsWith('!')
}

/** The value that a parameter includes or excludes. */
export function plainValue(raw: string): string {
  return raw.startsWith('!') || raw.startsWith('\\!') ? raw.slice(1) : raw
}

/** The opposite of a parameter: `alice` and `!alice`. */
export function negate(raw: string): string {
  return isExcluding(raw) ? including(plainValue(raw)) : excluding(plainValue(raw))
}

/** Only events with this value (`alice`), or only those without it (`!alice`); replaces the opposite. */
export function withValue(params: URLSearchParams, name: string, raw: string): URLSearchParams {
  const next = withoutValue(withoutValue(params, name, raw), name, negate(raw))
  next.append(name, raw)
  return next
}

export function withoutValue(params: URLSearchParams, name: string, raw: string): URLSearchParams {
  const next = startAgain(params)
  const rest = next.getAll(name).filter((value) => value !== raw)
  next.delete(name)
  for (const value of rest) next.append(name, value)
  return next
}

/** One value for a name, or none when it is empty. */
export function withOnly(params: URLSearchParams, name: string, raw: string | undefined): URLSearchParams {
  const next = startAgain(params)
  if (raw) next.set(name, raw)
  else next.delete(name)
  return next
}

/** A time back from now such as `-24h`, or nothing for all time. */
export function withRange(params: URLSearchParams, from: string | undefined): URLSearchParams {
  const next = withOnly(params, 'from', from)
  next.delete('to')
  return next
}

/** From one moment to another, both RFC 3339, without the second. */
export function withPeriod(params: URLSearchParams, from: string, to: string): URLSearchParams {
  const next = withOnly(params, 'from', from)
  next.set('to', to)
  return next
}

/** A page of the same view; it stands still, so it does not follow what is new. */
export function withCursor(params: URLSearchParams, cursor: string): URLSearchParams {
  const next = withOnly(params, 'live', undefined)
  next.set('cursor', cursor)
  return next
}

/** How the page looks without what it looks for. */
export function withoutFilter(params: URLSearchParams): URLSearchParams {
  const kept = [...startAgain(params)].filter(([name]) => PAGE_PARAMS.includes(name))
  const next = new URLSearchParams(kept)
  // Said on purpose: an address that says nothing opens the reader's default view.
  if (next.has('view')) next.set('view', 'all')
  return next
}

export function trailHref(path: string, params: URLSearchParams): string {
  const query = params.toString()
  return query ? `${path}?${query}` : path
}
