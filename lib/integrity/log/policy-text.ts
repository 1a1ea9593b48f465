import { AppError } from '@/lib/errors/app-error'
import type { LogKeys } from './read-keys'

const CLOCK = 'clock'

/** One witness of that name, or a group of it of which any will do: the clock's key was rotated. */
function clockLines(vkeys: readonly string[]): string[] {
  if (vkeys.length === 1) return [`witness ${CLOCK} ${vkeys[0]}`]
  const names = vkeys.map((_, i) => `${CLOCK}-${vkeys.length - i}`)
  return [...names.map((name, i) => `witness ${name} ${vkeys[i]}`), `group ${CLOCK} any ${names.join(' ')}`]
}

/** Without it a bundle whose checkpoint is anchored there could not be verified. */
const anchorLines = (vkeys: readonly string[]): string[] =>
  vkeys.length === 0
    ? []
    : [
        '# The operator’s anchor log, which remembers the checkpoints of all logs.',
        ...vkeys.map((vkey) => `log ${vkey}`),
      ]

/**
 * A C2SP tlog-policy that believes all keys of one epoch (unless named the current one) and the operator's clock.
 * Others, which may have been given up because they leaked, stand in it as comments. Throws `not_found`.
 */
export function policyText({ epochs, clocks, anchorLog }: LogKeys, epoch = epochs[0]?.epoch): string {
  const chosen = epochs.find((one) => one.epoch === epoch)
  if (!chosen || clocks.length === 0) {
    const message = epochs.length === 0 ? 'This log is not open yet.' : `This log has no epoch ${epoch}.`
    throw new AppError('not_found', message)
  }
  const others = epochs.filter((one) => one !== chosen)
  return [
    `# Whom you believe about ${chosen.origin}. Keep this file where nobody changes it but you.`,
    ...chosen.keys.map(({ vkey }) => `log ${vkey}`),
    ...anchorLines(anchorLog),
    ...clockLines(clocks.map(({ vkey }) => vkey)),
    `quorum ${CLOCK}`,
    ...others.flatMap(({ epoch: number, closedAt, keys }) => [
      `# Epoch ${number}, ${closedAt ? `closed ${closedAt}` : 'the current one'}; take the mark away to believe it too:`,
      ...keys.map(({ vkey }) => `# log ${vkey}`),
    ]),
    '',
  ].join('\n')
}
