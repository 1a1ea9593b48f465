import type { Step } from '@/lib/collection/lines/definition'
import { FilterForm } from './filter-form'
import { JoinForm } from './join-form'
import { ProcessingForm } from './processing-form'
import type { StepFormProps } from './step-form-props'
import type { StepKind } from './step-texts'
import { SubLineForm } from './sub-line-form'
import { UpdateForm } from './update-form'

type Props = Omit<StepFormProps<StepKind>, 'step' | 'onChange'> & {
  step: Step
  onChange: (step: Step) => void
}

/** The form of a step, by its kind. */
export function StepForm({ step, ...rest }: Props) {
  switch (step.kind) {
    case 'update':
      return <UpdateForm step={step} {...rest} />
    case 'join':
      return <JoinForm step={step} {...rest} />
    case 'filter':
      return <FilterForm step={step} {...rest} />
    case 'processing':
      return <ProcessingForm step={step} {...rest} />
    case 'line':
      return <SubLineForm step={step} {...rest} />
  }
}
