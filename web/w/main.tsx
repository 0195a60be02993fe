import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/global.css'
import '../ui/global.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { keepShell } from './keep-shell.ts'
import { listenToKeys } from './scan/scanner.ts'
import { begin } from './state.ts'
import { speakHere } from './texts.ts'

void start()

/** A function, since one await at the top of a module would keep the bundler from merging files of the web app. */
async function start(): Promise<void> {
  await speakHere()
  listenToKeys()
  createRoot(document.getElementById('root')!).render(<App />)
  void begin()
  void keepShell()
}
