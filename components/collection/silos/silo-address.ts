import { REJECT_CODES, type RejectCode } from '@/lib/collection/reject'

/** The lists of a silo's page; the first is shown unless the address names another one. */
export const SILO_SECTIONS = ['files', 'runs', 'rejects'] as const
export type SiloSection = (typeof SILO_SECTIONS)[number]

const REJECT_STATES = ['open', 'collected', 'discarded'] as const
type RejectState = (typeof REJECT_STATES)[number]

/** Everything that a person chooses on a silo's page. */
export type SiloAddress = {
  /** Of the page itself. */
  path: string
  section: SiloSection
  /** Of the rejects: which ones. */
  code: RejectCode | undefined
  file: string | undefined
  state: RejectState
  /** Where the list goes on. */
  after: string | undefined
}

type Sent = Record<string, string | string[] | undefined>
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the address asks for; what it says wrongly is as if it were not there. */
export function readSiloAddress(path: string, { list, code, file, state, after }: Sent): SiloAddress {
  return {
    path,
    section: SILO_SECTIONS.find((section) => section === list) ?? 'files',
    code: REJECT_CODES.find((known) => known === code),
    file: typeof file === 'string' && UUID.test(file) ? file : undefined,
    state: REJECT_STATES.find((known) => known === state) ?? 'open',
    after: typeof after === 'string' ? after : undefined,
  }
}

export function siloHref({ path, section, code, file, state, after }: SiloAddress): string {
  const ofRejects = section === 'rejects'
  const params = new URLSearchParams({
    ...(section !== 'files' && { list: section }),
    ...(ofRejects && code && { code }),
    ...(ofRejects && file && { file }),
    ...(ofRejects && state !== 'open' && { state }),
    ...(after !== undefined && { after }),
  })
  return params.size === 0 ? path : `${path}?${params}`
}
