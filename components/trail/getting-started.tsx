import Link from 'next/link'
import { SpoorTrack } from '@/components/layout/logo'
import { CodeBlock } from '@/components/ui/code-block'
import { LinkButton } from '@/components/ui/link-button'
import { Tabs } from '@/components/ui/tabs'
import { WaitForEvent } from './wait-for-event'

type Props = { slug: string; url: string }

/** What a newcomer sees: ways to leave the first track. */
export function GettingStarted({ slug, url }: Props) {
  return (
    <section className="mb-6 grid gap-x-10 gap-y-6 rounded-lg border border-line bg-surface p-4 sm:p-6 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <div className="flex flex-col">
        <SpoorTrack />
        <h2 className="mt-5 font-semibold text-lg tracking-[-0.01em]">Send your first event</h2>
        <p className="mt-1 mb-5 text-pretty text-quiet text-sm">
          So far only Spoor itself has left tracks here.{' '}
          <Link
            href={`/${slug}/settings/tokens`}
            className="font-medium text-accent underline underline-offset-3"
          >
            Create a token
          </Link>{' '}
          that may write events, then send one in whichever way is nearest.
        </p>
        <div className="mt-auto">
          <WaitForEvent />
        </div>
      </div>
      <Tabs
        label="Ways to send an event"
        tabs={[
          { id: 'curl', label: 'curl', content: <CodeBlock label="In a terminal" code={curl(url)} /> },
          {
            id: 'typescript',
            label: 'TypeScript',
            content: <CodeBlock label="In your application" code={typescript(url)} />,
          },
          {
            id: 'csv',
            label: 'Upload a CSV',
            content: (
              <>
                <p className="mb-3 text-pretty text-quiet text-sm">
                  For logs that lie in files. A line says how a row becomes an event: paste some rows, and see
                  what they become before anything is kept. A silo then takes the files: dropped there, sent
                  by a script, from a bucket or a folder, once or every night.
                </p>
                <div className="flex flex-wrap gap-2">
                  <LinkButton href={`/${slug}/collection/lines/new`} variant="primary">
                    Begin with some rows
                  </LinkButton>
                  <LinkButton href={`/${slug}/collection`}>All of collection</LinkButton>
                </div>
              </>
            ),
          },
          {
            id: 'sample',
            label: 'Sample data',
            content: (
              <>
                <p className="mb-3 text-quiet text-sm">
                  On the machine that runs Spoor: sends a hundred recorded AWS CloudTrail records, or your own
                  file of them. Running it twice adds nothing.
                </p>
                <CodeBlock
                  label="In Spoor's directory"
                  code={`npm run sample -- e2e/data/aws-cloudtrail.ndjson --tenant ${slug}`}
                />
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

const EVENT = `{ "type": "account", "action": "signed in",
        "actor": { "login": "jdoe25", "ip": "203.0.113.9" },
        "message": "jdoe25 signed in" }`

function curl(url: string): string {
  return `curl ${url}/api/v1/events \\
  -H "Authorization: Bearer $SPOOR_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '${EVENT}'`
}

function typescript(url: string): string {
  return `const response = await fetch('${url}/api/v1/events', {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.SPOOR_TOKEN}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    type: 'account',
    action: 'signed in',
    actor: { login: 'jdoe25', ip: '203.0.113.9' },
    message: 'jdoe25 signed in',
  }),
})
if (!response.ok) throw new Error(await response.text())`
}
