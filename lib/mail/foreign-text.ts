import { isMailAddress } from './mail-message'

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Where mail programs would see a link: in `https://`, in `evil.example`, in `\\server`. Addresses of networks are none. */
const LINK_JOINTS = /(?<=:)(?=\/\/)|(?<=[\p{L}\p{N}-])(?=\.\p{L}{2})|(?<=\\)(?=\\)/gu
/** Around an address; more of it than anybody writes would make the search for its end long. */
const PUNCTUATION = /^[<("'[]{1,9}|[>)"'\].,;:!?]{1,9}$/g

/** Whether it must be kept apart from what stands beside it, or numbers would change their places. */
export const isRightToLeft = (text: string) => RIGHT_TO_LEFT.test(text)

/**
 * The text in pieces between which a link would have to go through, so that no mail program makes one of what an
 * attacker wrote. Addresses of people stay whole: a letter to somebody is no trap. Pure.
 */
export function breakLinks(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const [token] of text.matchAll(/\s+|\S+/g)) {
    const isAddress = token.includes('@') && isMailAddress(token.replace(PUNCTUATION, ''))
    const [first = '', ...others] = isAddress ? [token] : token.split(LINK_JOINTS)
    piece += first
    for (const other of others) {
      pieces.push(piece)
      piece = other
    }
  }
  return [...pieces, piece]
}
