import '../ui/styles.ts'
import { createRoot } from 'react-dom/client'
import { preferredLanguage, speak } from '../i18n/index.ts'
import { App } from './app.tsx'

void start()

/** A function, since one await at the top of a module would keep the bundler from merging files of the web app. */
async function start(): Promise<void> {
  await speak(preferredLanguage())
  createRoot(document.getElementById('root')!).render(<App />)
}
