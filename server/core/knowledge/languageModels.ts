/** What a language model is told before visitors speak.
 *  @see https://platform.openai.com/docs/api-reference/chat/create
 *  @see https://docs.anthropic.com/en/api/messages */
import type { Library, SinkRow } from './library';

export const INSTRUCTIONS = 'becomes an instruction to a language model';
const ROW = { kind: 'trust', effect: INSTRUCTIONS } as const;
const SYSTEM = { ...ROW, argument: { name: 'system' } } as const satisfies SinkRow;
const MESSAGES = { ...ROW, argument: { name: 'messages' } } as const satisfies SinkRow;
const TOLD = { ...ROW, argument: { name: 'instructions' } } as const satisfies SinkRow;

export const languageModels = {
  reference: 'https://platform.openai.com/docs/api-reference/chat/create',
  aliases: {
    'openai.AsyncOpenAI': 'openai.OpenAI',
    'openai.AzureOpenAI': 'openai.OpenAI',
    'openai.AsyncAzureOpenAI': 'openai.OpenAI',
    'openai.chat.completions.create': 'openai.OpenAI.chat.completions.create',
    'openai.responses.create': 'openai.OpenAI.responses.create',
    'anthropic.AsyncAnthropic': 'anthropic.Anthropic',
    'anthropic.AnthropicBedrock': 'anthropic.Anthropic',
  },
  sinks: {
    'openai.OpenAI.chat.completions.create': MESSAGES,
    'openai.OpenAI.chat.completions.parse': MESSAGES,
    'openai.OpenAI.responses.create': TOLD,
    'openai.OpenAI.beta.assistants.create': TOLD,
    'openai.ChatCompletion.create': MESSAGES,
    'anthropic.Anthropic.messages.create': SYSTEM,
    'anthropic.Anthropic.messages.stream': SYSTEM,
  },
} as const satisfies Library;
