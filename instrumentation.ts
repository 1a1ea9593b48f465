/** Next calls it once before it serves; the custom server has stamped already, and then this does nothing. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces exactly these words, and so leaves Node's modules out of its edge bundle
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { stampPeerAddresses } = await import('@/lib/http/peer-address')
    stampPeerAddresses()
  }
}

/** Errors of pages and actions, which Next would swallow: `digest` is the reference that the person is shown. */
export async function onRequestError(error: unknown): Promise<void> {
  const { reportError } = await import('@/lib/errors/report-error')
  const digest = (error as { digest?: unknown }).digest
  reportError(error, typeof digest === 'string' ? digest : 'none')
}
