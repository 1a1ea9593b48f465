/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; TypeScript 7 has no compiler API for the build to call.
  typescript: { ignoreBuildErrors: true },
  // Native or self-locating packages stay outside the bundle.
  serverExternalPackages: ['@node-rs/argon2', 'postgres'],
}
