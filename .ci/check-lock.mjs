// Before the install, hence plain JavaScript: `npm install` on one platform may leave out the optional packages
// of the others, and then `npm ci` fails only there.
import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
const { packages } = JSON.parse(text)

/** Where npm finds a dependency of the package at `path`: in its own folder or in one above it. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`]
    if (found) return Boolean(found.version && (found.integrity || found.inBundle))
    if (!folder) return false
  }
}

const problems = []
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const name of Object.keys(optionalDependencies)) {
    if (!isLocked(path, name))
      problems.push(`${name}, an optional package of ${path || 'this project'}, is missing`)
  }
}
if (/"resolved": "http/.test(text)) problems.push('it names a registry host ("resolved": "http…")')

if (problems.length > 0) {
  process.stderr.write(
    `package-lock.json is not complete:\n${problems.map((line) => `  ${line}\n`).join('')}`,
  )
  process.exit(1)
}
