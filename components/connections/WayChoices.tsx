import { i18n } from '#i18n';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { Choice, CHOICES_LOOK } from '../ui/Choice';

/** Through an app of the organisation, or with the login of a signed-in tab. */
export type Way = 'app' | 'tab';

interface Props {
  way: Way;
  onChoose: (way: Way) => void;
  /** The organisation leaves no other. */
  isSet: boolean;
}

export function WayChoices({ way, onChoose, isSet }: Props) {
  const option = (value: Way, title: string, description: string) => (
    <Choice
      name="way"
      value={value}
      checked={way === value}
      onChoose={() => onChoose(value)}
      title={title}
      description={description}
    />
  );
  return (
    <fieldset disabled={isSet}>
      <legend className="mb-1 text-sm font-medium text-muted">{i18n.t('connect.way')}</legend>
      <div className={CHOICES_LOOK}>
        {option('app', i18n.t('connect.wayApp'), i18n.t('connect.wayAppText'))}
        {option('tab', i18n.t('connect.wayTab'), i18n.t('connect.wayTabText'))}
      </div>
      {isSet && <SetByOrganisation className="mt-1" />}
    </fieldset>
  );
}
