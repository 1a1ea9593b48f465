/** Stands for our own origin; never contacted. */
const BASE = 'http://spoor.invalid'

/** The path to go on to after signing in, if it stays on this site; else `/`. Forms and addresses can be forged. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/')) return '/'
  try {
    const url = new URL(path, BASE)
    const ours = url.pathname + url.search + url.hash
    // `/.//host` has a harmless origin here and turns into `//host`, another site, when it is written out.
    return url.origin === BASE && !ours.startsWith('//') ? ours : '/'
  } catch {
    return '/'
  }
}
