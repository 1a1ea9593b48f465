'use client'

import { DetailsList } from '@/components/ui/details-list'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { Finding, Verdict } from './verdict'

/** An event's content can be long; its page shows it whole. */
const MAX_SHOWN = 600

/** Yes or no, why, and what exactly is proven. */
export function VerdictView({ verdict, what }: { verdict: Verdict; what: string }) {
  if (verdict.answer === 'no')
    return (
      <Notice kind="error" title={`No: ${what} does not hold`}>
        <p className="wrap-anywhere">{visibleText(verdict.message)}</p>
        <p className="mt-1 text-quiet text-xs">
          Reason <code className="literal">{verdict.reason}</code>
        </p>
      </Notice>
    )
  if (verdict.answer === 'unknown')
    return (
      <Notice kind="warning" title="It could not be checked">
        <p className="wrap-anywhere">{visibleText(verdict.message)}</p>
      </Notice>
    )
  return (
    <div className="flex flex-col gap-2">
      <Notice kind="success" title={`Yes: ${what} holds`} />
      <DetailsList
        rows={verdict.findings.map((finding): [string, React.ReactNode] => [
          finding.name,
          <FindingText key={finding.name} finding={finding} />,
        ])}
      />
    </div>
  )
}

function FindingText({ finding: { name, text, at } }: { finding: Finding }) {
  if (at) return <Time value={at} />
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text
  const isLiteral = name === 'Root' || name === 'Log' || name === 'Content'
  return <span className={`wrap-anywhere ${isLiteral ? 'literal' : ''}`}>{visibleText(shown)}</span>
}
