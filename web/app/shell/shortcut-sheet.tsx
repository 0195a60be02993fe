import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Kbd, Modal, Table, Text, Title } from '@mantine/core'
import { useTakenShortcuts } from '../../page/index.ts'
import { usePreferences } from '../../session/index.ts'
import { type Shortcut, type ShortcutName, keyNames, shortcuts } from '../../ui/shortcuts.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { shell } from './shell-store.ts'

const groups = {
  everywhere: msg`Everywhere`,
  create: msg`Create`,
  go: msg`Go to`,
  list: msg`List`,
  document: msg`Document`,
  grid: msg`Lines`,
} as const

/** The keys that do something now. */
export default function ShortcutSheet() {
  const { t, i18n } = useLingui()
  const taken = useTakenShortcuts()
  useReturnFocus()
  const { letters } = usePreferences()
  const order = Object.keys(shortcuts) as ShortcutName[]
  const shown = order.filter((name) => taken.includes(name))
  return (
    <Modal
      opened
      onClose={shell.closeHelp}
      title={t`Shortcuts of this page`}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {!letters && (
        <Text size="sm" mb="sm">
          <Trans>Shortcuts of a single letter are switched off in your settings.</Trans>
        </Text>
      )}
      {(Object.keys(groups) as Shortcut['group'][]).map((group) => {
        const names = shown.filter((name) => shortcuts[name].group === group)
        if (names.length === 0) return null
        return (
          <section key={group}>
            <Title order={3} size="h5" mt="sm">
              {i18n._(groups[group])}
            </Title>
            <Table>
              <Table.Tbody>
                {names.map((name) => (
                  <Table.Tr key={name}>
                    <Table.Td w={160}>
                      {keyNames(name).map((key) => (
                        <Kbd key={key} mr={4}>
                          {key}
                        </Kbd>
                      ))}
                    </Table.Td>
                    <Table.Td>{i18n._(shortcuts[name].label)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        )
      })}
    </Modal>
  )
}
