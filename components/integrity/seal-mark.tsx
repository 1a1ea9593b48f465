'use client'

import { useIsSealed } from './sealed-size'

type SealState = 'sealed' | 'open' | 'erased'

/** Drawn here, not by the icons' library: a page of events has a hundred of them. */
const MARKS: Record<SealState, { words: string; hint: string; color: string; shape: React.ReactNode }> = {
  sealed: {
    words: 'sealed',
    hint: 'Sealed: under a signed checkpoint, provable',
    color: 'text-accent',
    shape: (
      <>
        <circle cx="6" cy="6" r="5.25" />
        <path d="M3.6 6.2 5.3 7.9 8.5 4.3" strokeLinecap="round" />
      </>
    ),
  },
  open: {
    words: 'not sealed yet',
    hint: 'Not sealed yet: the next checkpoint covers it',
    color: 'text-faint',
    shape: <circle cx="6" cy="6" r="5.25" strokeDasharray="1.6 1.7" />,
  },
  erased: {
    words: 'values erased',
    hint: 'Values were erased; what is left stays provable',
    color: 'text-warning',
    shape: (
      <>
        <circle cx="6" cy="6" r="5.25" />
        <path d="M3.2 6h5.6" strokeLinecap="round" />
      </>
    ),
  },
}

type Props = { seq: number; isErased: boolean }

function useSealState({ seq, isErased }: Props): SealState {
  const isSealed = useIsSealed(seq)
  if (isErased) return 'erased'
  return isSealed ? 'sealed' : 'open'
}

/** Whether the event is sealed, as a mark of its own shape for each state. */
export function SealMark(props: Props) {
  return <Mark state={useSealState(props)} />
}

/** The same with its word. */
export function SealBadge(props: Props) {
  return <Mark state={useSealState(props)} hasWords />
}

function Mark({ state, hasWords = false }: { state: SealState; hasWords?: boolean }) {
  const { words, hint, color, shape } = MARKS[state]
  return (
    <span title={hint} className={color}>
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className="inline size-3 align-[-0.125em]"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.1"
      >
        {shape}
      </svg>
      <span className={hasWords ? 'ml-1' : 'sr-only'}>{words}</span>
    </span>
  )
}

/** The same in words, and only where it is not as usual. */
export function SealWords(props: Props) {
  const state = useSealState(props)
  return state === 'sealed' ? null : <span className={MARKS[state].color}>{MARKS[state].words}</span>
}
