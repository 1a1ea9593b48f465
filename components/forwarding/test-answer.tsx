import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { visibleText } from '@/components/ui/visible-text'
import type { TestResult } from '@/lib/forwarding/test-destination'

/** What the receiver said of itself, and of the event. */
export function TestAnswer({ result }: { result: TestResult }) {
  const { delivered, health, request, message } = result
  return (
    <>
      {health && (
        <section className="flex flex-col gap-2">
          <Notice
            kind={health.isWell ? 'success' : 'warning'}
            title={health.isWell ? 'The receiver is well' : 'The receiver does not say that it is well'}
          >
            {visibleText(health.message)}
          </Notice>
          <Figures status={health.status} ms={health.ms} isGood={health.isWell} />
          {!health.isWell && health.answer && <Words label="What it says of itself" words={health.answer} />}
        </section>
      )}
      <section className="flex flex-col gap-2">
        <Notice kind={delivered ? 'success' : 'error'} title={delivered ? 'Delivered' : 'Not delivered'}>
          {visibleText(message)}
        </Notice>
        <Figures status={result.status} ms={result.ms} isGood={delivered} />
        {request && <p className="literal wrap-anywhere text-quiet">{visibleText(request)}</p>}
        {result.answer && <Words label="The receiver’s answer" words={result.answer} />}
      </section>
    </>
  )
}

function Figures({ status, ms, isGood }: { status: number | null; ms: number; isGood: boolean }) {
  return (
    <p className="flex flex-wrap gap-2">
      {status !== null && <Badge tone={isGood ? 'accent' : 'danger'}>status {status}</Badge>}
      <Badge>{ms.toLocaleString('en')} ms</Badge>
    </p>
  )
}

function Words({ label, words }: { label: string; words: string }) {
  return <CodeBlock label={label} code={words} shown={visibleText(words)} wrap />
}
