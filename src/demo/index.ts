/** Crimson, the demo company: made through the public operations, and the first scenario test. */
export { loadDemo } from './load-demo.ts'
export type { Chapter } from './story.ts'
export { routes } from './routes.ts'
