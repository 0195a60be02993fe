/** Nothing is judged by the clock: of hundreds of requests at once each waits for a connection as long as it takes. */
export const connectTimeoutMs = 240_000
