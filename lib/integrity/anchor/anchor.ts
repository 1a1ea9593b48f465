import { z } from 'zod'

/** What is kept of an anchor, by its kind. */
const anchorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('anchor-log'),
    /** Index of the entry in the anchor log. */
    seq: z.number(),
  }),
  z.strictObject({
    kind: z.literal('witness'),
    vkey: z.string(),
    /** Signature lines of C2SP tlog-cosignature as the witness gave them, each with its newline. */
    lines: z.string(),
  }),
  z.strictObject({
    kind: z.literal('rfc3161'),
    /** The DER of the TimeStampResp, base64: what a `.tsr` file holds. */
    response: z.string(),
    /** The authority's time, RFC 3339 UTC. */
    time: z.string(),
  }),
])
export type AnchorData = z.output<typeof anchorSchema>

/** Where a checkpoint is remembered outside its own log. `name` is the witness' or the authority's. */
export type Anchor = AnchorData & { name: string; at: Date }

type AnchorRow = { name: string; at: Date; kind: AnchorData['kind']; data: unknown }

export function toAnchor({ name, at, kind, data }: AnchorRow): Anchor {
  return { ...anchorSchema.parse({ ...(data as object), kind }), name, at }
}

/** A note with the cosignatures that its anchors hold: each verifier takes the lines that it knows the keys of. */
export function cosignedNote(note: string, anchors: readonly Anchor[]): string {
  return note + anchors.map((anchor) => (anchor.kind === 'witness' ? anchor.lines : '')).join('')
}
