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

await speakHere()
listenToKeys()
createRoot(document.getElementById('root')!).render(<App />)
void begin()
void keepShell()
