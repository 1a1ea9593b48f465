import { useState } from 'react'
import { sectionOf } from '@/components/forwarding/declared-section'
import {
  type FieldValue,
  type FieldValues,
  initialValues,
  isShown,
} from '@/components/forwarding/field-values'
import { filterText } from '@/components/forwarding/filter-text'
import { begunRules } from '@/components/forwarding/masking-texts'
import type { ChannelPreset } from '@/lib/channels/presets'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import { presetFields } from './preset-fields'

/** A channel as its form begins; `fields` are the kind's own, without secrets. */
export type EditedChannel = {
  id: string
  /** RFC 3339: who saves later than somebody else is told. */
  updatedAt: string
  kind: string
  enabled: boolean
  fields: Readonly<Record<string, unknown>>
  secretNames: readonly string[]
  types: readonly string[]
  levels: readonly string[]
  filter: string
  masking: readonly string[]
  carriesMatches: boolean
  note: string
}

/** What every kind has, and so stays as it is when another one is chosen. */
const SHARED_SECTIONS = ['rule', 'interval']

const BLANK = {
  enabled: true,
  types: [],
  levels: [],
  filter: '',
  masking: [],
  carriesMatches: false,
  note: '',
}
type Common = Omit<EditedChannel, 'id' | 'updatedAt' | 'kind' | 'fields' | 'secretNames'>

/** What is on the form of a channel. Of each kind what was typed is kept while another one is shown. */
export function useChannelDraft(
  kinds: readonly KindDescription[],
  channel: EditedChannel | undefined,
  first: { kind: string; preset: ChannelPreset | undefined },
) {
  const [kindName, setKindName] = useState(channel?.kind ?? first.kind)
  const [own, setOwn] = useState(() => {
    const set = channel || !first.preset ? {} : presetFields(first.preset)
    const valuesOf = ({ name, fields }: KindDescription) => ({
      ...initialValues(fields, name === channel?.kind ? channel.fields : undefined),
      ...set,
    })
    return Object.fromEntries(kinds.map((kind) => [kind.name, valuesOf(kind)]))
  })
  const [common, setCommon] = useState<Common>(() => ({
    ...BLANK,
    ...(first.preset && chosenBy(first.preset)),
    ...channel,
  }))
  const [preset, setPreset] = useState(first.preset)
  const [presetsApplied, setPresetsApplied] = useState(0)

  const kind = kinds.find(({ name }) => name === kindName) ?? kinds[0]
  if (!kind) throw new Error('there is no kind of channel')
  const values: FieldValues = own[kind.name] ?? {}
  const shown = kind.fields.filter((field) => isShown(field, kind.fields, values))

  function setShared(changed: FieldValues) {
    setOwn((before) =>
      Object.fromEntries(Object.entries(before).map(([name, old]) => [name, { ...old, ...changed }])),
    )
  }
  function setField(name: string, value: FieldValue) {
    const field = kind?.fields.find((one) => one.name === name)
    if (field && SHARED_SECTIONS.includes(sectionOf(field))) setShared({ [name]: value })
    else setOwn((before) => ({ ...before, [kindName]: { ...before[kindName], [name]: value } }))
  }
  const change = (part: Partial<Common>) => setCommon((before) => ({ ...before, ...part }))
  function applyPreset(next: ChannelPreset) {
    const hadOwnNote = common.note !== '' && common.note !== preset?.label
    change({ ...chosenBy(next), ...(hadOwnNote && { note: common.note }) })
    setShared(presetFields(next))
    setPreset(next)
    setPresetsApplied((count) => count + 1)
  }

  const choice = { types: common.types, levels: common.levels, filter: filterText(common.filter) }
  const shape = {
    ...Object.fromEntries(shown.map(({ name }) => [name, values[name] ?? ''])),
    ...choice,
    masking: begunRules(common.masking),
    carriesMatches: common.carriesMatches,
    kind: kind.name,
    ...(channel && { id: channel.id }),
  }
  return {
    kind,
    values,
    shown,
    common,
    preset,
    /** Which events; what the receiver gets of them; all that is saved. */
    choice,
    shape,
    whole: {
      ...shape,
      note: common.note,
      ...(channel && { unchangedSince: channel.updatedAt }),
      // Left out where it was not touched: somebody else may have switched it meanwhile.
      ...(common.enabled !== channel?.enabled && { enabled: String(common.enabled) }),
    },
    setKind: setKindName,
    setField,
    change,
    applyPreset,
    /** Another one whenever the types were set by a preset. */
    pickerKey: String(presetsApplied),
  }
}

const chosenBy = ({ label, types, levels, filter }: ChannelPreset) => ({ types, levels, filter, note: label })
