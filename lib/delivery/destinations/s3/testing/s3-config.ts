import { type S3Config, s3ConfigSchema } from '@/lib/delivery/destinations/s3/config'
import { s3Kind } from '@/lib/delivery/destinations/s3/s3-kind'
import { parseInput } from '@/lib/errors/parse-input'

/** What a person enters for a bucket at AWS, with changes. */
export const s3Input = (changes: Record<string, unknown> = {}) => ({
  bucket: 'acme-audit',
  region: 'eu-central-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'geheim',
  mailTypes: ['account'],
  mailTo: ['soc@example.com'],
  ...changes,
})

/** The configuration and secrets that are made of it. */
export function s3Destination(changes: Record<string, unknown> = {}): {
  config: S3Config
  secrets: Record<string, string>
} {
  const { config, secrets } = s3Kind.configure(parseInput(s3Kind.input, s3Input(changes)))
  return { config: s3ConfigSchema.parse(config), secrets: secrets as Record<string, string> }
}
