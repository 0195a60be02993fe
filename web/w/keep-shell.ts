/**
 * Has the service worker keep the page and every file that it took, so that it starts without a connection. The
 * worker did not see the files of the very first visit, hence they are named to it.
 */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  try {
    await navigator.serviceWorker.register('/warehouse-worker.js', { scope: '/w' })
    const { active } = await navigator.serviceWorker.ready
    const files = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin, pathname }) => origin === location.origin && !pathname.startsWith('/api/'))
      .map(({ pathname }) => pathname)
    // A worker has no origin to be named.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    active?.postMessage({ keep: [...new Set(files)] })
  } catch {
    // A private window, or a browser that allows none: everything else works.
  }
}
