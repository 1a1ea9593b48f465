import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { FieldDeclaration } from './fields'

/** A company's chain is two or three; more is somebody's whole trust store, which belongs into the system. */
const MAX_CERTIFICATES = 20
const MAX_LENGTH = 64 * 1024

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g

function complaintAbout(block: string, number: number, now: number): string | undefined {
  try {
    const { validTo } = new X509Certificate(block)
    return Date.parse(validTo) < now ? `Certificate ${number} expired on ${validTo}.` : undefined
  } catch {
    return `Certificate ${number} cannot be read. Copy it again, whole, with its first and last line.`
  }
}

/** What is wrong with a text of PEM certificates, for people; undefined if nothing is. */
export function complaintAboutCa(text: string, now = Date.now()): string | undefined {
  const blocks = [...text.matchAll(BLOCK)]
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return 'This contains a private key, which nobody but its owner may have. Give only the certificate.'
  if (blocks.length === 0)
    return 'This is no certificate in PEM form, which begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.'
  if (blocks.length > MAX_CERTIFICATES) return `At most ${MAX_CERTIFICATES} certificates.`
  const stranger = blocks.find(([, label]) => label !== 'CERTIFICATE')
  if (stranger) return `This contains a ${stranger[1]?.toLowerCase()}, which is no certificate.`
  return blocks.map(([block], index) => complaintAbout(block, index + 1, now)).find(Boolean)
}

/** Certificates (PEM) of authorities that a receiver's own certificate is checked against, instead of the system's. */
export const caInput = z
  .string()
  .max(MAX_LENGTH, `At most ${MAX_LENGTH / 1024} KiB.`)
  .superRefine((text, check) => {
    const complaint = complaintAboutCa(text)
    if (complaint) check.addIssue({ code: 'custom', message: complaint })
  })
  .transform((text) => [...text.matchAll(BLOCK)].map(([block]) => `${block}\n`).join(''))
  .optional()

/** For kinds that speak TLS. */
export const CA_FIELD: FieldDeclaration = {
  name: 'ca',
  label: 'Certificate Authority',
  control: 'block',
  section: 'advanced',
  optional: true,
  placeholder: '-----BEGIN CERTIFICATE-----',
  hint: 'Certificates in PEM form, where the receiver’s own was not issued by a public authority. Only these are trusted then.',
}
