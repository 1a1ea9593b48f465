/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; TypeScript 7 has no compiler API for the build to call.
  typescript: { ignoreBuildErrors: true },
  rewrites: () => [
    // The paths of the log's specification; /v1/logs is OTLP's and stays.
    { source: '/v1/log/:path*', destination: '/api/v1/log/:path*' },
    { source: '/v1/events/:id/proof', destination: '/api/v1/events/:id/proof' },
    { source: '/v1/evidence', destination: '/api/v1/evidence' },
  ],
  // Native or self-locating packages stay outside the bundle.
  serverExternalPackages: [
    '@node-rs/argon2',
    'postgres',
    'quickjs-emscripten-core',
    '@jitl/quickjs-wasmfile-release-sync',
  ],
}
