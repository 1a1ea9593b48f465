import { z } from 'zod'
import { caInput } from '@/lib/delivery/destinations/ca-field'
import type { Before, Configured } from '@/lib/delivery/destinations/contract'
import { choiceInput, linesInput, switchInput } from '@/lib/delivery/destinations/fields'
import {
  complainAbout,
  ENTER_AGAIN,
  keyInput,
  leadsElsewhere,
  urlInput,
} from '@/lib/delivery/destinations/http/target-field'
import { CUSTOM_SITE, intakeUrl, SITE_CHOICES } from './sites'

/** What is stored. The API key lies encrypted beside. */
export const datadogConfigSchema = z.strictObject({
  site: z.enum(SITE_CHOICES),
  /** Only with a site of one's own. */
  url: z.string().optional(),
  service: z.string().optional(),
  source: z.string().optional(),
  tags: z.array(z.string()),
  gzip: z.boolean(),
  ca: z.string().optional(),
})
export type DatadogConfig = z.infer<typeof datadogConfigSchema>

/** Datadog keeps 100 tags of a log; our own are two of them. */
const MAX_TAGS = 50

const word = (max: number) =>
  z
    .string()
    .trim()
    .regex(/^[^\s,]+$/, 'One word, without commas.')
    .max(max, `At most ${max} characters.`)

/** What a person sends. */
export const datadogInputSchema = z.strictObject({
  site: choiceInput(SITE_CHOICES, 'datadoghq.com'),
  url: urlInput.optional(),
  apiKey: keyInput,
  service: word(100).optional(),
  source: word(100).optional(),
  tags: linesInput(
    z.string().regex(/^[A-Za-z][^\s,]{0,199}$/, 'Write a tag as key:value, without spaces and commas.'),
    MAX_TAGS,
  ),
  gzip: switchInput,
  ca: caInput,
})

export const urlOf = ({ site, url }: Pick<DatadogConfig, 'site' | 'url'>) => url ?? intakeUrl(site)

/** What to store for it. Throws `invalid` where a key or URL is missing, or a key would go to another server. */
export function configureDatadog(
  { apiKey, site, url, ca, ...rest }: z.output<typeof datadogInputSchema>,
  before?: Before,
): Configured {
  const isCustom = site === CUSTOM_SITE
  if (isCustom && !url) complainAbout('url', 'Give the URL that logs are posted to.')
  const config = { site, ...rest, ...(isCustom && { url, ...(ca && { ca }) }) }
  const old = before && datadogConfigSchema.parse(before.config)
  if (!apiKey && !before?.secretNames.includes('apiKey'))
    complainAbout('apiKey', 'Give an API key of Datadog.')
  if (!apiKey && old && leadsElsewhere(urlOf(old), urlOf(config))) complainAbout('apiKey', ENTER_AGAIN)
  return { config, secrets: apiKey ? { apiKey } : {} }
}
