interface Early {
  /** The company of the address by which the page was opened. */
  readonly company: string
  readonly answer: Promise<Response>
}

declare global {
  interface Window {
    /** Left by `public/first-paint.js` on a page of a company. */
    zapasEarly?: Early
  }
}

/**
 * The answer to `/me` that was asked for before the app's code was there; null where none was, where it was for
 * another company, did not succeed or has been taken: then it is asked for as always.
 */
export async function takeEarlyMe(company: string | null): Promise<unknown> {
  const early = window.zapasEarly
  delete window.zapasEarly
  if (early === undefined || early.company !== company) return null
  try {
    const answer = await early.answer
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}
