/** A witness or an authority did not do what it was asked. The message is for the person who entered it. */
export class PeerError extends Error {
  override readonly name = 'PeerError'
}
