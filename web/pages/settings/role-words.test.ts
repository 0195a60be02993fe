import { expect, it } from 'vitest'
import { areaWord, areas } from './role-words.ts'

it('every area of the permissions has a name of its own', () => {
  const names = areas.map((area) => areaWord(area)?.message)
  expect(areas.filter((_, i) => !names[i])).toEqual([])
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})
