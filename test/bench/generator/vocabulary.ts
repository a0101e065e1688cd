/** Words that the generated apps are made of. */
import type { Random } from './random';

const NOUNS = [
  'account',
  'address',
  'article',
  'asset',
  'booking',
  'branch',
  'campaign',
  'cart',
  'category',
  'comment',
  'contract',
  'course',
  'customer',
  'device',
  'document',
  'employee',
  'event',
  'expense',
  'feedback',
  'folder',
  'gallery',
  'grade',
  'invoice',
  'issue',
  'lesson',
  'license',
  'location',
  'machine',
  'meeting',
  'message',
  'order',
  'package',
  'patient',
  'payment',
  'permit',
  'photo',
  'product',
  'project',
  'quote',
  'recipe',
  'refund',
  'report',
  'review',
  'room',
  'schedule',
  'sensor',
  'session',
  'shipment',
  'store',
  'student',
  'supplier',
  'survey',
  'task',
  'team',
  'ticket',
  'topic',
  'trip',
  'vehicle',
  'vendor',
  'workshop',
] as const;

const QUALIFIERS = [
  '',
  'archived_',
  'draft_',
  'internal_',
  'partner_',
  'public_',
  'regional_',
  'shared_',
] as const;

export const FIELDS = [
  'title',
  'name',
  'status',
  'email',
  'phone',
  'city',
  'country',
  'notes',
  'color',
  'priority',
  'amount',
  'quantity',
  'due_date',
  'created_by',
  'reference',
  'summary',
  'language',
  'currency',
  'rating',
  'website',
] as const;

export const STATES = ['new', 'open', 'active', 'paused', 'closed', 'done', 'rejected'] as const;

/** One thing that an app manages. */
export interface Area {
  /** `archived_order` */
  readonly noun: string;
  /** `ArchivedOrder` */
  readonly className: string;
  /** Table and URL: `archived_orders` */
  readonly plural: string;
  readonly fields: readonly string[];
}

/** The `index`-th area; they differ for the first few hundred, then get a number. */
export function createArea(index: number, random: Random): Area {
  const word = NOUNS[index % NOUNS.length] as string;
  const round = Math.floor(index / NOUNS.length);
  const qualifier = QUALIFIERS[round % QUALIFIERS.length] as string;
  const number = round < QUALIFIERS.length ? '' : `_${Math.floor(round / QUALIFIERS.length)}`;
  const noun = `${qualifier}${word}${number}`;
  return {
    noun,
    className: noun.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    plural: noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`,
    fields: random.some(FIELDS, 4 + random.below(4)),
  };
}
