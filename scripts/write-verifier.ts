import { verifierFile } from './build'
import { buildVerifier } from './verify-build'

await buildVerifier(verifierFile)
