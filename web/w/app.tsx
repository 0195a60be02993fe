import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { cssVariables, theme } from '../ui/theme.ts'
import { usePath } from './path.ts'
import { Count } from './screens/count.tsx'
import { Counts } from './screens/counts.tsx'
import { Gate } from './screens/gate.tsx'
import { LookUp } from './screens/look-up.tsx'
import { Pick } from './screens/pick.tsx'
import { Receive } from './screens/receive.tsx'
import { Sent } from './screens/sent.tsx'
import { Start } from './screens/start.tsx'
import { Picks, Receipts } from './screens/tasks.tsx'
import { Transfer } from './screens/transfer.tsx'
import { Waiting } from './screens/waiting.tsx'
import { Flashes } from './ui/flash.tsx'

// One choice of colours for both apps; public/first-paint.js reads it before React is there.
const schemes = localStorageColorSchemeManager({ key: 'zapas-color-scheme' })

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
      >
        <Gate>
          <Page />
        </Gate>
        <Flashes />
      </MantineProvider>
    </I18nProvider>
  )
}

function Page() {
  const [, room = '', id] = usePath().split('/')
  switch (room) {
    case 'receive':
      return id ? <Receive key={id} id={id} /> : <Receipts />
    case 'pick':
      return id ? <Pick key={id} id={id} /> : <Picks />
    case 'count':
      return id ? <Count key={id} id={id} /> : <Counts />
    case 'transfer':
      return <Transfer />
    case 'look-up':
      return <LookUp />
    case 'waiting':
      return <Waiting />
    case 'sent':
      return <Sent key={id} seq={Number(id)} />
    default:
      return <Start />
  }
}
