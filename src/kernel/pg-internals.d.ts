// What the driver exports and its types leave out (pg is pinned to one version).
declare module 'pg/lib/utils.js' {
  const utils: {
    /** A parameter as PostgreSQL reads it: text, bytes or null. */
    prepareValue(this: void, value: unknown): string | Buffer | null
  }
  export default utils
}
