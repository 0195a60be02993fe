interface Early {
  /** The company of the address by which the page was opened. */
  readonly company: string
  /** Answers under way, by their address with its query. */
  readonly answers: Record<string, Promise<Response> | undefined>
}

declare global {
  interface Window {
    /** Left by `public/first-paint.js` on a page of a company. */
    zapasEarly?: Early
  }
}

/** Milliseconds from the start of the page after which an answer that nobody took is no longer news. */
const fresh = 15_000

/**
 * The answer to a request that was sent before the app's code was there; null where none was, where it was for another
 * company, did not succeed, is old or has been taken: then it is asked for as always.
 */
export async function takeEarly(url: string, company: string | null): Promise<Response | null> {
  const early = window.zapasEarly
  const under = early?.answers[url]
  if (early === undefined || under === undefined) return null
  delete early.answers[url]
  if (early.company !== company || performance.now() > fresh) return null
  try {
    const answer = await under
    return answer.ok ? answer : null
  } catch {
    return null
  }
}
