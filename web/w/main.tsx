import '../ui/styles.ts'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import { MantineProvider, Title } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { preferredLanguage, speak } from '../i18n/index.ts'
import { cssVariables, theme } from '../ui/theme.ts'

await speak(preferredLanguage())
createRoot(document.getElementById('root')!).render(
  <I18nProvider i18n={i18n}>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Title order={1}>
        <Trans>Warehouse mode</Trans>
      </Title>
    </MantineProvider>
  </I18nProvider>,
)
