'use client'

import { MissingAnswer, PreviewFrame, PreviewSource } from '@/components/forwarding/preview-frame'
import { useAnswer } from '@/components/forwarding/use-answer'
import { CodeBlock } from '@/components/ui/code-block'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { Preview } from '@/lib/forwarding/preview-destination'
import { readChatMessage } from './chat-message'
import { ChatView } from './chat-view'
import { LetterView } from './letter-view'

type Props = { form: FormData; preview: FormAction<Preview>; trailPath: string }

/** The message that one of the workspace's own events would make, as people will see it. */
export function MessagePreview({ form, preview, trailPath }: Props) {
  const { answer, isOutdated } = useAnswer(preview, form)
  return (
    <PreviewFrame title="What people get" isOutdated={isOutdated} hasAnswer={answer !== undefined}>
      <Shown answer={answer} trailPath={trailPath} />
    </PreviewFrame>
  )
}

function Shown({ answer, trailPath }: { answer: FormState<Preview> | undefined; trailPath: string }) {
  if (!answer || answer.ok === null) return <p className="text-quiet text-sm">Being made …</p>
  if (!answer.ok) return <MissingAnswer answer={answer} />
  const { event } = answer.result
  return (
    <>
      <PreviewSource event={event} trailPath={trailPath} />
      <Message preview={answer.result} />
    </>
  )
}

function Message({ preview: { request, headers, body, message } }: { preview: Preview }) {
  if (message) return <LetterView message={message} />
  const chat = readChatMessage(body)
  const head = [request, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return (
    <div className="flex flex-col gap-3">
      {chat && <ChatView message={chat} />}
      <details open={!chat}>
        <summary className="rounded-sm text-quiet text-sm hover:text-ink">As it is sent</summary>
        <div className="mt-2 flex flex-col gap-3">
          <CodeBlock label="Request" code={head} wrap />
          <CodeBlock label="Body" code={body} shown={visibleText(body)} wrap />
        </div>
      </details>
    </div>
  )
}
