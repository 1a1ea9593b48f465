/** Why there is no answer: a closed list, shown and counted as it stands. */
export type OutgoingReason =
  | 'forbidden_target'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'protocol'
  | 'aborted'

/** An outgoing request got no whole answer. The message is for the person who configured the target. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError'

  constructor(
    readonly reason: OutgoingReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENODATA', 'ESERVFAIL'])
const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EACCES',
])
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'])

function errorCode(error: unknown): string {
  const found = error as { code?: unknown; errors?: { code?: unknown }[] }
  return String(found?.code ?? found?.errors?.[0]?.code ?? '')
}

/** Puts a failure of Node's into our words. The original stays the cause. */
export function toOutgoingError(error: unknown, host: string): OutgoingError {
  if (error instanceof OutgoingError) return error
  const code = errorCode(error)
  const cause = { cause: error }
  if (DNS_CODES.has(code)) return new OutgoingError('dns', `The name ${host} was not found (${code}).`, cause)
  if (CONNECT_CODES.has(code))
    return new OutgoingError('connect', `${host} took no connection (${code}).`, cause)
  if (RESET_CODES.has(code))
    return new OutgoingError(
      'reset',
      `${host} closed the connection before it had answered (${code}).`,
      cause,
    )
  if (code.startsWith('HPE_'))
    return new OutgoingError('protocol', `${host} answered with something that is not HTTP (${code}).`, cause)
  if (/^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code))
    return new OutgoingError('tls', `The TLS certificate or handshake of ${host} failed (${code}).`, cause)
  return new OutgoingError('protocol', `The request to ${host} failed${code ? ` (${code})` : ''}.`, cause)
}
