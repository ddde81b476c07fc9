/** The user's configuration, flags or policy is wrong; exit code 2. Callers match on `code`. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  constructor(code: ConfigErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ConfigError';
    this.code = code;
  }
}

export type ConfigErrorCode =
  | 'config-unreadable'
  | 'config-invalid'
  | 'unknown-rule'
  | 'unknown-preset'
  | 'unknown-format'
  | 'unknown-version'
  | 'unknown-option'
  | 'usage'
  | 'source-missing'
  | 'source-unreadable';

/** Our own failure; exit code 2. */
export class InternalError extends Error {
  readonly code: 'rule-threw' | 'data-missing' | 'unexpected';
  constructor(code: InternalError['code'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'InternalError';
    this.code = code;
  }
}
