/** What tokens of well-known services look like: prefix, alphabet and length as their issuers publish them, so that a
 *  token is known by itself, whatever the name it is kept under.
 *  @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 *  @see https://docs.gitlab.com/security/tokens/#token-prefixes
 *  @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 *  @see https://docs.stripe.com/keys, https://api.slack.com/concepts/token-types */

export interface TokenShape {
  /** For the message: "a GitHub token". */
  readonly label: string;
  /** Matches the whole token. */
  readonly pattern: RegExp;
}

export const TOKEN_SHAPES: readonly TokenShape[] = [
  // Clouds and hosting
  { label: 'an AWS access key', pattern: /^(?:AKIA|ASIA)[A-Z2-7]{16}$/ },
  { label: 'a Google API key', pattern: /^AIza[\w-]{35}$/ },
  { label: 'a Google OAuth client secret', pattern: /^GOCSPX-[\w-]{28}$/ },
  { label: 'a DigitalOcean token', pattern: /^do[opr]_v1_[a-f0-9]{64}$/ },
  { label: 'a Heroku key', pattern: /^HRKU-[\w-]{36,}$/ },
  { label: 'a Databricks token', pattern: /^dapi[a-f0-9]{32}(?:-\d)?$/ },
  { label: 'a Vault token', pattern: /^hv[sb]\.[\w-]{24,}$/ },
  { label: 'a PlanetScale secret', pattern: /^pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}$/ },
  { label: 'a Doppler token', pattern: /^dp\.(?:pt|st|ct|sa)\.[\w.-]{40,}$/ },
  // Version control and packages
  { label: 'a GitHub token', pattern: /^gh[pousr]_[A-Za-z0-9]{36,251}$/ },
  { label: 'a GitHub token', pattern: /^github_pat_[A-Za-z0-9_]{82}$/ },
  { label: 'a GitLab token', pattern: /^gl(?:pat|dt|rt|ptt|oas|agent|soat)-[\w-]{20,}$/ },
  { label: 'an Atlassian token', pattern: /^ATATT3[\w=-]{80,}$/ },
  { label: 'an npm token', pattern: /^npm_[A-Za-z0-9]{36}$/ },
  { label: 'a PyPI token', pattern: /^pypi-AgE[\w-]{50,}$/ },
  // Payment and shops
  { label: 'a Stripe key', pattern: /^(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}$/ },
  { label: 'a Stripe webhook secret', pattern: /^whsec_[A-Za-z0-9+/=]{24,}$/ },
  { label: 'a Square token', pattern: /^sq0(?:atp|csp)-[\w-]{22,43}$/ },
  { label: 'a Shopify token', pattern: /^shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}$/ },
  { label: 'a PayPal token', pattern: /^access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}$/ },
  // Chat and mail
  { label: 'a Slack token', pattern: /^xox[abeoprs]-[\w-]{10,}$/ },
  { label: 'a Slack app token', pattern: /^xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}$/ },
  { label: 'a Slack webhook', pattern: /^https:\/\/hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/\w{20,}$/ },
  { label: 'a Discord bot token', pattern: /^[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}$/ },
  {
    label: 'a Discord webhook',
    pattern: /^https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{60,}$/,
  },
  { label: 'a Telegram bot token', pattern: /^\d{8,10}:AA[\w-]{33}$/ },
  { label: 'a SendGrid key', pattern: /^SG\.[\w-]{22}\.[\w-]{43}$/ },
  { label: 'a Mailgun key', pattern: /^key-[a-f0-9]{32}$/ },
  { label: 'a Mailchimp key', pattern: /^[a-f0-9]{32}-us\d{1,2}$/ },
  { label: 'a Twilio key', pattern: /^SK[a-f0-9]{32}$/ },
  { label: 'a Brevo key', pattern: /^xkeysib-[a-f0-9]{64}-\w{16}$/ },
  // AI providers
  { label: 'an OpenAI key', pattern: /^sk-(?:(?:proj|svcacct|admin)-[\w-]{40,}|[A-Za-z0-9]{48})$/ },
  { label: 'an Anthropic key', pattern: /^sk-ant-(?:api|admin|sid)\d\d-[\w-]{40,}$/ },
  { label: 'a Hugging Face token', pattern: /^hf_[A-Za-z0-9]{34,}$/ },
  { label: 'a Groq key', pattern: /^gsk_[A-Za-z0-9]{52}$/ },
  { label: 'a Replicate token', pattern: /^r8_[A-Za-z0-9]{37,}$/ },
  // Tools
  { label: 'a Notion token', pattern: /^(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})$/ },
  { label: 'a Linear key', pattern: /^lin_api_[A-Za-z0-9]{40}$/ },
  { label: 'a Postman key', pattern: /^PMAK-[a-f0-9]{24}-[a-f0-9]{34}$/ },
  { label: 'a Grafana token', pattern: /^gl(?:sa|c)_[A-Za-z0-9_=]{32,}$/ },
  { label: 'a New Relic key', pattern: /^NRAK-[A-Z0-9]{27}$/ },
  { label: 'a Sentry token', pattern: /^sntr(?:yu_[a-f0-9]{64}|ys_[\w+/=]{60,})$/ },
  // Formats
  { label: 'a signed token', pattern: /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}$/ },
];

/** A private key in the text form that most tools write.
 *  @see https://www.rfc-editor.org/rfc/rfc7468#section-10 */
export const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=\s]{40,}/;
