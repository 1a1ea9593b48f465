import { expect, it } from 'vitest'
import { PRESETS, presetOf } from './presets'

it('knows each preset by its own address', () => {
  for (const preset of PRESETS) expect(presetOf(preset.url).id).toBe(preset.id)
})

it.each([
  ['https://splunk.example.com:8088/services/collector/raw', 'splunk'],
  ['https://http-intake.logs.us5.datadoghq.com/api/v2/logs', 'datadog'],
  ['https://logs.example.com/ingest', 'other'],
])('takes %s for %s', (url, id) => expect(presetOf(url).id).toBe(id))
