import './portal.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { speak } from './texts.ts'

void start()

/** A function, since one await at the top of a module would keep the bundler from merging files of the web app. */
async function start(): Promise<void> {
  await speak(navigator.language.toLowerCase().startsWith('pl') ? 'pl' : 'en')
  const token = location.pathname.split('/')[2] ?? ''
  createRoot(document.getElementById('root')!).render(
    <I18nProvider i18n={i18n}>
      <App token={token} />
    </I18nProvider>,
  )
}
