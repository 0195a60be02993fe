import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { Permission } from '../../../src/permissions.ts'
import { ScrollArea } from './layout.tsx'
import { areaWord, areas, permission, verbWords, verbs } from './role-words.ts'
import classes from './settings.module.css'

interface Props {
  readonly label: string
  /** What it may do. */
  readonly has: (permission: Permission) => boolean
  /** What the role as such may do; differences are marked. */
  readonly ofRole: (permission: Permission) => boolean
  /** Left out: only to be read. */
  readonly onChange?: (permission: Permission, may: boolean) => void
}

/** Area by action: what a role or person may do. */
export function Matrix({ label, has, ofRole, onChange }: Props) {
  const { t, i18n } = useLingui()
  return (
    <ScrollArea label={label}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Area</Trans>
            </th>
            {verbs.map((verb) => (
              <th key={verb} scope="col" className={classes.center}>
                {i18n._(verbWords[verb])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={area}>
              <th scope="row">{i18n._(areaWord(area))}</th>
              {verbs.map((verb) => {
                const each = permission(area, verb)
                const may = has(each)
                const differs = may !== ofRole(each)
                const name = `${i18n._(areaWord(area))}: ${i18n._(verbWords[verb])}`
                return (
                  <td key={verb} className={`${classes.center} ${differs ? classes.differs : ''}`}>
                    {onChange === undefined ? (
                      may ? (
                        <IconCheck size={18} aria-label={t`${name}: yes`} role="img" />
                      ) : (
                        <IconMinus
                          size={18}
                          aria-label={t`${name}: no`}
                          role="img"
                          className={classes.quiet}
                        />
                      )
                    ) : (
                      <Checkbox
                        aria-label={differs ? t`${name} (differs from the role)` : name}
                        checked={may}
                        onChange={(event) => onChange(each, event.currentTarget.checked)}
                        styles={{ body: { justifyContent: 'center' } }}
                      />
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
