import { i18n } from '#i18n';
import { CONSENT_WAYS, type ConsentWay } from '@/lib/shared/person-basis';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import type { BasisDraft, BasisProblem } from './basis-draft';

interface Props {
  basis: BasisDraft;
  onBasis: (basis: BasisDraft) => void;
  problem: BasisProblem | undefined;
  today: string;
}

/** Message keys cannot hold a hyphen. */
const WAYS = {
  form: 'form',
  email: 'email',
  phone: 'phone',
  'in-person': 'inPerson',
  paper: 'paper',
} as const satisfies Record<ConsentWay, string>;

/** When and how somebody has agreed: without it nobody could prove it. */
export function ConsentDetails({ basis, onBasis, problem, today }: Props) {
  const incomplete = problem === 'incomplete' ? i18n.t('basis.problem.incomplete') : undefined;
  const future = problem === 'future' ? i18n.t('basis.problem.future') : undefined;
  return (
    <div className="mt-3 grid grid-cols-2 gap-3">
      <Labelled label={i18n.t('basis.givenOn')} required error={basis.givenOn === '' ? incomplete : future}>
        {(wiring) => (
          <input
            {...wiring}
            type="date"
            name="consent-given-on"
            max={today}
            value={basis.givenOn}
            onChange={(event) => onBasis({ ...basis, givenOn: event.target.value })}
            className={cx(CONTROL_LOOK, 'h-7')}
          />
        )}
      </Labelled>
      <Labelled label={i18n.t('basis.way')} required error={basis.way === '' ? incomplete : undefined}>
        {(wiring) => (
          <select
            {...wiring}
            name="consent-way"
            value={basis.way}
            onChange={(event) => onBasis({ ...basis, way: CONSENT_WAYS.find((way) => way === event.target.value) ?? '' })}
            className={cx(CONTROL_LOOK, 'h-7 px-1')}
          >
            <option value="">{i18n.t('basis.chooseWay')}</option>
            {CONSENT_WAYS.map((way) => (
              <option key={way} value={way}>
                {i18n.t(`basis.ways.${WAYS[way]}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </div>
  );
}
