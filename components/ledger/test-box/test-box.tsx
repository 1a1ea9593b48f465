'use client'

import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import type { LogEntity } from '@/lib/ledger/policies/definition'
import { ExplainedMatch } from './explained-match'
import { TestFields } from './test-fields'
import { hasValue, type TestValues } from './test-values'
import type { TestedMatch } from './tested-match'

const TEST_ID = 'test'

/** Where the test stands below a long list: the way there. */
export function TestLink() {
  return (
    <a
      href={`#${TEST_ID}`}
      className="ml-auto rounded-sm text-quiet text-sm underline underline-offset-3 hover:text-ink xl:hidden"
    >
      Test it
    </a>
  )
}

type Props = {
  values: TestValues
  onValues: (part: Partial<TestValues>) => void
  logEntities?: readonly LogEntity[]
  tested: TestedMatch
  failure: string | undefined
  isOutdated: boolean
  slug: string
  isPolicy: boolean
  /** Above the fields: which policy, say. */
  children?: ReactNode
}

/** Which entity a login or a name finds, and how; nothing is changed by it. */
export function TestBox(props: Props) {
  const { values, onValues, logEntities, tested, failure, isOutdated, slug, isPolicy, children } = props
  const { explanation, problems } = tested
  // Only what was found before is dimmed while it is asked anew: words to the reader stay readable.
  const isDimmed = isOutdated && explanation && hasValue(values)
  return (
    <section id={TEST_ID} aria-label="Test" className="scroll-mt-4 rounded-lg border border-line bg-surface">
      <h2 className="px-3 py-2 font-semibold text-sm">Test: whom does it find?</h2>
      <div className="flex flex-col gap-3 border-line border-t p-3">
        {children}
        <TestFields values={values} logEntities={logEntities} onChange={onValues} />
        {failure && <Notice kind="warning">{failure}</Notice>}
        <div aria-busy={isOutdated || undefined} className={isDimmed ? 'opacity-60' : undefined}>
          {!hasValue(values) ? (
            <p className="text-quiet text-sm">Type what an event says, such as a login or a SID.</p>
          ) : explanation ? (
            <ExplainedMatch explanation={explanation} slug={slug} isPolicy={isPolicy} />
          ) : problems.some(({ isWarning }) => !isWarning) ? (
            <p className="text-quiet text-sm">It is tried once the marked problems are mended.</p>
          ) : (
            !failure && <p className="text-quiet text-sm">Looking …</p>
          )}
        </div>
      </div>
    </section>
  )
}
