import { CodeBlock } from '@/components/ui/code-block'
import { Panel } from '@/components/ui/panel'
import { checkCommands } from './check-commands'

/** How to check without believing this server. */
export function CheckYourself({ url, logUrl }: { url: string; logUrl: string }) {
  return (
    <Panel
      title="How to check without us"
      description="This page comes from the server that is to be checked. These commands run on your own machine."
    >
      <ol className="flex flex-col gap-4">
        {checkCommands(url, logUrl).map(({ label, words, code }) => (
          <li key={label} className="flex flex-col gap-1.5">
            <p className="text-pretty text-quiet text-sm">{words}</p>
            <CodeBlock label={label} code={code} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}
