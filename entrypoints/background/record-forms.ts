import { CREATABLE_OBJECTS, type CreatableObject, type ObjectDescription } from '@/lib/connectors/creation-contract';
import { mayFill, withinForm } from '@/lib/creation/form-limits';
import { doneStatus, linkField } from '@/lib/creation/links';
import { formFields, shortNames } from '@/lib/creation/record-form';
import { isAllowed, type SelectionLimits } from '@/lib/crm/selection';
import type { FormChoice, FormLink, RecordForm } from '@/lib/messaging/creation-protocol';
import type { Site } from '@/lib/messaging/site-protocol';
import { basisOffer } from '@/lib/privacy/person-basis';
import { AppError } from '@/lib/shared/errors';
import type { LiveConnection } from './live-connection';
import { crmLabel } from './crm-label';
import { createDescriptions } from './descriptions';
import { chooseFields, chosenFields } from './form-choices';
import { rulesOf } from './basis-rules';
import { isPerson } from './person-gate';
import { localDay } from './summaries';
import { userLocale } from './user-locale';

/** What the form is opened for. */
export interface FormWish {
  object: CreatableObject;
  site: Site | null;
  link: FormLink | null;
}

/** Forms for new records, from the CRM's own description of the object, within what the organisation allows (`limits`). */
export function createRecordForms(now: () => number, limits: () => Promise<SelectionLimits>) {
  const descriptions = createDescriptions(now);

  const placeOf = (connection: LiveConnection) => ({
    id: connection.entry.id,
    boxes: connection.copy.boxes,
    writer: connection.connector.writer,
  });

  /** What a form may have of an object. @throws AppError `policy.refused`, and those of asking the CRM */
  async function described(connection: LiveConnection, object: CreatableObject): Promise<ObjectDescription> {
    await requireAllowed(connection, object);
    // The whole description is what is kept: a policy may end.
    return withinForm(await descriptions.get(placeOf(connection), object), await limits());
  }

  /**
   * Asked before anything is read or sent for a record of this kind; `names` are fields, by the CRM's names or the model's.
   * @throws AppError `policy.refused`
   */
  async function requireAllowed(connection: LiveConnection, object: CreatableObject, names: readonly string[] = []) {
    const allowed = await limits();
    if (!isAllowed(object, allowed)) throw new AppError('policy.refused');
    if (names.length === 0 || !allowed.fields[object]) return;
    const description = await descriptions.get(placeOf(connection), object);
    const raw = (name: string) => (Object.hasOwn(description.modelNames, name) ? description.modelNames[name] : name) ?? name;
    if (!names.every((name) => mayFill(description, raw(name), allowed))) throw new AppError('policy.refused');
  }

  return {
    described,
    requireAllowed,
    /** Kinds of records of which there may be new ones. */
    async objects(): Promise<CreatableObject[]> {
      const allowed = await limits();
      return CREATABLE_OBJECTS.filter((object) => isAllowed(object, allowed));
    },
    /** The CRM has refused what its description allows: it is asked anew for the next form. */
    outdate: (connection: LiveConnection, object: CreatableObject) => descriptions.outdate(placeOf(connection), object),
    /** Drops what is kept in memory. */
    forget: descriptions.forget,

    async form(connection: LiveConnection, { object, link, site }: FormWish): Promise<RecordForm> {
      const [description, choice, linked, basis] = await Promise.all([
        described(connection, object),
        chosenFields(connection.copy.boxes, object),
        link ? connection.copy.store.get(link.kind, link.id) : null,
        isPerson(object) ? rulesOf(connection).then((rules) => basisOffer(rules, localDay(now()))) : null,
      ]);
      const field = link && linkField(description, link.kind);
      const short = shortNames(description, choice);
      const fields = formFields(description, short, userLocale());
      const name = linked && ('name' in linked.fields ? linked.fields.name : null);
      return {
        connectionId: connection.entry.id,
        crmLabel: crmLabel(connection.entry.crm),
        orgName: connection.profile.orgName,
        object,
        site,
        fields: fields.map((one) => (one.name === field && link ? { ...one, value: link.id, source: null } : one)),
        short: field && !short.includes(field) ? [...short, field] : short,
        recordTypes: description.recordTypes,
        names: { ...description.modelNames },
        labels: field && name ? { [field]: name } : {},
        mayAssign: object === 'lead',
        convertible: description.convertible,
        basis,
        doneStatus: doneStatus(description),
      };
    },

    async choice(connection: LiveConnection, object: CreatableObject): Promise<FormChoice> {
      const description = await described(connection, object);
      const choice = await chosenFields(connection.copy.boxes, object);
      return {
        fields: description.fields.map(({ name, label, required }) => ({ name, label, required })),
        short: shortNames(description, choice),
        isChosen: choice !== null,
      };
    },

    choose: (connection: LiveConnection, object: CreatableObject, short: string[] | null) =>
      chooseFields(connection.copy.boxes, object, short),
  };
}

export type RecordForms = ReturnType<typeof createRecordForms>;
