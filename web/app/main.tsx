import '../ui/styles.ts'
import { createRoot } from 'react-dom/client'
// Most pages are lists: what they share comes with the app, in its few files.
import '../patterns/list/list-page.tsx'
import '../patterns/list/start-list.ts'
import '../ui/status-badge.tsx'
import { preferredLanguage, speak } from '../i18n/index.ts'
import { App } from './app.tsx'
import { router } from './router.tsx'

void start()

/** A function, since one await at the top of a module would keep the bundler from merging files of the web app. */
async function start(): Promise<void> {
  const texts = speak(preferredLanguage())
  // The page's code and who is signed in are asked for while the texts are on their way.
  const [routes] = router.getMatchedRoutes(location.pathname)
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined)
  void router.load()
  await texts
  createRoot(document.getElementById('root')!).render(<App />)
}
