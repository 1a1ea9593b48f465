import type { KnownFailure, ScrubFinding, ScrubPlace } from './scrub-failure'

/** More are only counted: a reader needs to know that a trail is broken, not each of a million events. */
const MAX_LISTED = 100

const startOf = (place: ScrubPlace) => ('seq' in place ? place.seq : 'index' in place ? place.index : 0)
const endOf = (place: ScrubPlace) => ('through' in place && place.through) || startOf(place)

/** The same place, whatever its end: a range grows while a pass goes on. */
function isSamePlace(x: ScrubPlace, y: ScrubPlace): boolean {
  if (x.kind === 'event' && y.kind === 'event') return x.seq === y.seq
  if (x.kind === 'tile' && y.kind === 'tile') return x.level === y.level && x.index === y.index
  if (x.kind === 'checkpoint' && y.kind === 'checkpoint') return x.epoch === y.epoch && x.size === y.size
  return x.kind === 'head' && y.kind === 'head'
}

/**
 * Whether `next` goes on where `known` ends. Behind events that were taken out and the others moved up, the trail's end
 * is short by them, and its edge, of which no single leaf is signed, is wrong as a whole.
 */
function isNext(known: ScrubFinding, next: ScrubFinding): boolean {
  if (known.place.kind !== 'event' || next.place.kind !== 'event') return false
  const isSameReason =
    known.reason === next.reason ||
    (known.reason === 'missing' && next.reason === 'truncated') ||
    (known.reason === 'missing' &&
      next.reason === 'altered' &&
      'through' in next.place &&
      'through' in known.place)
  return isSameReason && endOf(known.place) + 1 === next.place.seq
}

/** Tiles of which only together it is known that one was changed, where it is known already which. */
function isKnownBetter({ place, reason }: ScrubFinding, all: readonly ScrubFinding[]): boolean {
  if (place.kind !== 'tile' || reason !== 'tile_altered') return false
  return all.some(
    (other) =>
      other.place.kind === 'tile' &&
      other.place.through === undefined &&
      other.place !== place &&
      other.place.level <= 1 &&
      other.place.index * 256 ** other.place.level >= place.index &&
      other.place.index * 256 ** other.place.level <= endOf(place),
  )
}

/** Whether a range that was found in this pass holds the place already. */
function isWithin(known: ScrubFinding, { reason, place }: ScrubFinding): boolean {
  if (known.reason !== reason || known.place.kind !== 'event' || place.kind !== 'event') return false
  return known.place.seq <= place.seq && place.seq <= endOf(known.place)
}

function extend(known: KnownFailure, finding: ScrubFinding, now: string, isOfPass: boolean): void {
  if (known.place.kind === 'event') {
    const { seq } = known.place
    const through = Math.max(endOf(finding.place), isOfPass ? endOf(known.place) : seq)
    known.place = { kind: 'event', seq, ...(through > seq && { through }) }
  }
  known.seenAt = now
}

/**
 * Puts what a visit found to what is known. A finding of the same kind at the same place is the same; one that goes on
 * where another ends makes it longer. Gives those that are new; `unlisted` are more than the list takes.
 */
export function mergeFindings(
  before: readonly KnownFailure[],
  findings: readonly ScrubFinding[],
  now: string,
  passStartedAt: string,
): { failures: KnownFailure[]; added: KnownFailure[]; unlisted: number } {
  const failures = before.map((failure) => ({ ...failure }))
  const added: KnownFailure[] = []
  let unlisted = 0
  const ofPass = () => failures.filter(({ seenAt }) => seenAt >= passStartedAt)
  const sorted = [...findings].sort((x, y) => startOf(x.place) - startOf(y.place))
  for (const finding of sorted) {
    if (isKnownBetter(finding, [...ofPass(), ...findings])) continue
    const known =
      failures.find(({ reason, place }) => reason === finding.reason && isSamePlace(place, finding.place)) ??
      ofPass().find((one) => isWithin(one, finding) || isNext(one, finding))
    if (known) extend(known, finding, now, known.seenAt >= passStartedAt)
    else if (failures.length >= MAX_LISTED) unlisted++
    else {
      const failure = { ...finding, foundAt: now, seenAt: now, alarmed: false }
      failures.push(failure)
      added.push(failure)
    }
  }
  return { failures, added, unlisted }
}
