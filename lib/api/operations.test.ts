import { Ajv2020 } from 'ajv/dist/2020'
import { expect, test } from 'vitest'
import { frontLane } from '@/lib/http/front-lane'
import { makeOpenApiDocument } from './openapi'
import { OPERATIONS } from './operations'
import { findRouteFile, listRoutePaths } from './testing/route-files'

const documented = [...new Set(OPERATIONS.map(({ path }) => path))]

test('every route file of the API is described, and everything described has a route file', () => {
  const inApi = documented.filter((path) => path.startsWith('/api/v1/'))
  expect(inApi.sort()).toEqual(listRoutePaths('api/v1').sort())
  expect(documented.filter((path) => !findRouteFile(path))).toEqual([])
})

test('what the front lane answers is described', () => {
  const undescribed = Object.keys(frontLane).filter(
    (path) => path.startsWith('/api/v1/') && !documented.includes(path),
  )
  expect(undescribed).toEqual([])
})

test('names are unique, and every example calls its own path', () => {
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
  for (const { path, example } of OPERATIONS) {
    const start = path.replace(/\{.*/, '')
    expect(example, path).toContain(`$SPOOR${start}`)
  }
})

test('every schema of the document is a JSON Schema, and every reference leads somewhere', () => {
  const { paths, components } = makeOpenApiDocument('http://localhost')
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const schemas = [...JSON.stringify(paths).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
  expect(schemas.length).toBeGreaterThan(10)
  for (const [, name = ''] of schemas) expect(components.schemas).toHaveProperty([name])
  // The document once, not with each of its schemas.
  ajv.addSchema({
    $id: 'document',
    components: JSON.parse(JSON.stringify(components).replaceAll('"#/', '"document#/')),
  })
  for (const name of Object.keys(components.schemas)) {
    const schema = { $ref: `document#/components/schemas/${name}` }
    expect(() => ajv.compile(schema)).not.toThrow()
  }
}, 30_000)
