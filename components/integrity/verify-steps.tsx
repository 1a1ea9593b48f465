'use client'

import { Check, Circle, LoaderCircle, X } from 'lucide-react'
import { visibleText } from '@/components/ui/visible-text'
import { STEP_NAMES, type Step, type StepName } from './verify-shown-event'

const TITLES: Record<StepName, string> = {
  values: 'The values that you see, with the salts of the proof',
  leaf: 'They give the leaf hash of this event',
  signature: 'The checkpoint is signed by the keys of the policy',
  path: 'The path leads from the leaf to the signed root',
  whole: 'The proof holds by itself, and its times fit',
}

/** Every step of a check, taken or not. */
export function VerifySteps({ steps, isRunning }: { steps: Step[]; isRunning: boolean }) {
  return (
    <ol aria-label="Steps of the check" className="flex flex-col gap-1.5 text-sm">
      {STEP_NAMES.map((name, i) => {
        const step = steps.find((one) => one.name === name)
        return (
          <li key={name} className="grid grid-cols-[1.25rem_minmax(0,1fr)] items-start">
            <StepMark step={step} isNext={isRunning && i === steps.length} />
            <div className={step ? undefined : 'text-faint'}>
              {TITLES[name]}
              {step?.ok && (
                <dl className="text-quiet text-xs">
                  {step.lines.map(([word, value]) => (
                    <div key={word} className="flex flex-wrap gap-x-1.5">
                      <dt>{word}</dt>
                      <dd className="literal wrap-anywhere min-w-0">{value}</dd>
                    </div>
                  ))}
                </dl>
              )}
              {step && !step.ok && <p className="wrap-anywhere text-danger">{visibleText(step.message)}</p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function StepMark({ step, isNext }: { step: Step | undefined; isNext: boolean }) {
  const style = 'mt-0.5 size-4'
  if (isNext) return <LoaderCircle aria-label="under way" className={`${style} animate-spin text-quiet`} />
  if (!step) return <Circle aria-label="not taken" className={`${style} text-faint`} />
  if (step.ok) return <Check aria-label="passed" className={`${style} text-accent`} />
  return <X aria-label="failed" className={`${style} text-danger`} />
}
