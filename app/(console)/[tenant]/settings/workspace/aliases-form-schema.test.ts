import { expect, it } from 'vitest'
import { aliasesFormSchema } from './aliases-form-schema'

it('reads one alias a line, and none from an empty field', () => {
  expect(aliasesFormSchema.parse({ aliases: 'theshire\r\n\n ACME ' })).toEqual({
    aliases: ['theshire', 'ACME'],
  })
  expect(aliasesFormSchema.parse({})).toEqual({ aliases: [] })
})
