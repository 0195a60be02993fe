// The service worker of the warehouse mode (/w): the page and its files start without a connection. Data and commands
// are no business of it; they lie in IndexedDB. Files under /assets carry a hash in their name and never change.
const shell = 'zapas-warehouse'
const page = '/w'

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('message', (event) => {
  const files = event.data?.keep
  if (Array.isArray(files)) event.waitUntil(keep(files))
})

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(newestPage(request))
  else event.respondWith(keptFile(request, pathname))
})

/** The page of the server; the kept one when it does not answer. Every address below /w is the same page. */
async function newestPage(request) {
  try {
    const answer = await fetch(request)
    if (answer.ok) await putPage(answer.clone())
    return answer
  } catch (error) {
    const kept = await caches.match(page)
    if (kept === undefined) throw error
    return kept
  }
}

/** A new page means new files: those of the old one are let go. */
async function putPage(answer) {
  const cache = await caches.open(shell)
  const before = await (await cache.match(page))?.text()
  const now = await answer.clone().text()
  if (before !== undefined && before !== now) await caches.delete(shell)
  await (await caches.open(shell)).put(page, answer)
}

async function keptFile(request, pathname) {
  const kept = await caches.match(pathname)
  if (kept !== undefined && pathname.startsWith('/assets/')) return kept
  try {
    const answer = await fetch(request)
    if (answer.ok) await (await caches.open(shell)).put(pathname, answer.clone())
    return answer
  } catch (error) {
    if (kept === undefined) throw error
    return kept
  }
}

async function keep(files) {
  const cache = await caches.open(shell)
  const missing = []
  for (const file of [page, ...files]) if ((await cache.match(file)) === undefined) missing.push(file)
  await Promise.all(missing.map((file) => cache.add(file).catch(() => {})))
}
