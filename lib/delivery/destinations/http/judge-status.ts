import type { GuardedAnswer } from '@/lib/http/guarded-request'

/** What an answer means, and what to do, for people. */
export type Judgement = {
  verdict: 'delivered' | 'failed' | 'refused' | 'gone'
  hint: string
  /** The first event that the receiver named as bad, counted from 0. */
  index?: number
}
export type Judge = (answer: GuardedAnswer) => Judgement

const NOT_YET = 'The receiver is overloaded or out of order.'

/** Statuses that mean something of their own; all others follow from their class. */
const STATUSES: Record<number, Judgement> = {
  400: { verdict: 'refused', hint: 'The receiver does not understand the events.' },
  401: { verdict: 'failed', hint: 'The receiver wants a valid API key. Check the header name and the key.' },
  403: {
    verdict: 'failed',
    hint: 'The receiver does not accept this API key. Check the header name and the key.',
  },
  404: { verdict: 'failed', hint: 'There is nothing at this URL. Check its path.' },
  405: { verdict: 'failed', hint: 'This URL takes no POST. Check its path.' },
  407: { verdict: 'failed', hint: 'A proxy before the receiver wants a password.' },
  408: { verdict: 'failed', hint: NOT_YET },
  410: {
    verdict: 'gone',
    hint: 'The receiver says that this URL is gone for good.',
  },
  413: { verdict: 'refused', hint: 'The receiver finds this too large.' },
  415: { verdict: 'failed', hint: 'The receiver takes no such content type. Choose another body format.' },
  422: { verdict: 'refused', hint: 'The receiver refuses the content of the events.' },
  425: { verdict: 'failed', hint: NOT_YET },
  429: { verdict: 'failed', hint: 'The receiver wants fewer requests; Spoor waits as long as it asked.' },
  501: { verdict: 'failed', hint: 'The receiver cannot do what this URL asks for. Check it.' },
}

/** What a status means for a batch, wherever a receiver says nothing more exact. */
export const judgeStatus: Judge = ({ status }) => {
  const known = STATUSES[status]
  if (known) return known
  if (status >= 200 && status < 300) return { verdict: 'delivered', hint: 'The receiver took it.' }
  if (status >= 300 && status < 400)
    return {
      verdict: 'failed',
      hint: 'The receiver redirects, which Spoor does not follow. Enter the final URL.',
    }
  if (status >= 500) return { verdict: 'failed', hint: NOT_YET }
  return { verdict: 'failed', hint: 'The receiver does not accept the request. Check URL, header and key.' }
}
