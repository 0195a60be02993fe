import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface CommonList {
  test(password: string): boolean
}

let list: CommonList | null = null

/** The 50,000 most used of eight characters and more; unpacked when the first password is chosen. */
function commonList(): CommonList {
  list ??= require('fxa-common-password-list') as CommonList
  return list
}

/** Shorter ones stand in many good passwords by chance. */
const shortestWord = 4

/**
 * Why whoever guesses would try this password early, in words that follow 'This password'; null: nothing
 * speaks against it.
 * @param words of the context, such as the person's e-mail address and name.
 */
export function whyCommon(password: string, words: readonly string[]): string | null {
  const small = password.normalize('NFKC').toLowerCase()
  if (commonList().test(password) || commonList().test(small)) return 'is one of the most used ones'
  if (/^(.{1,4})\1+.{0,3}$/su.test(small)) return 'repeats the same few characters'
  if (isSequence(small)) return 'is a row of characters in their order'
  const letters = small.replace(/[^\p{L}]/gu, '')
  const word = wordsOf(words).find((each) => letters !== '' && letters.replaceAll(each, '') === '')
  return word === undefined ? null : `is the word '${word}' with digits or signs around it`
}

function wordsOf(texts: readonly string[]): string[] {
  const found = ['zapas', ...texts].flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u))
  return found.filter((word) => word.length >= shortestWord)
}

/** 'abcdefghij', '9876543210': each character follows the one before, or each precedes it. */
function isSequence(text: string): boolean {
  const steps = new Set<number>()
  for (let i = 1; i < text.length; i++) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}
