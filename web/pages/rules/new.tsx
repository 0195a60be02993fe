import { RuleForm } from './rule-form.tsx'

export default function NewRule() {
  return <RuleForm rule={null} />
}
