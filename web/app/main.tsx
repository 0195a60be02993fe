import '../ui/styles.ts'
import { createRoot } from 'react-dom/client'
import { preferredLanguage, speak } from '../i18n/index.ts'
import { App } from './app.tsx'

await speak(preferredLanguage())
createRoot(document.getElementById('root')!).render(<App />)
