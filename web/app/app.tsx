import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { cssVariables, theme } from '../ui/theme.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { ToastsGate } from './toasts-gate.tsx'

// public/first-paint.js reads the same name before React is there.
const schemes = localStorageColorSchemeManager({ key: 'zapas-color-scheme' })

export function App() {
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={schemes}
          defaultColorScheme="auto"
        >
          <QueryClientProvider client={queryClient}>
            <ToastsGate />
            <RouterProvider router={router} />
            <SignInAgain />
          </QueryClientProvider>
        </MantineProvider>
      </I18nProvider>
    </StrictMode>
  )
}
