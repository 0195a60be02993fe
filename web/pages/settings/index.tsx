import { useLingui } from '@lingui/react/macro'
import { Stack } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useState } from 'react'
import { PageTitle } from '../../page/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { Nothing, SearchField, useTopics } from './layout.tsx'
import classes from './settings.module.css'

/** All topics, each with what is in it. */
export default function Settings() {
  const { t, i18n } = useLingui()
  const [asked, setAsked] = useState('')
  const found = useTopics(asked)
  return (
    <Stack>
      <PageTitle title={t`Settings`} />
      <div style={{ maxWidth: '24rem' }}>
        <SearchField value={asked} onChange={setAsked} />
      </div>
      {found.length === 0 && <Nothing />}
      <ul className={classes.cards}>
        {found.map(({ path, label, about }) => (
          <li key={path}>
            <Link {...({ to: inCompany(path) } as LinkProps)} className={classes.cardLink}>
              <strong>{i18n._(label)}</strong>
              <span className={classes.about}>{i18n._(about)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
