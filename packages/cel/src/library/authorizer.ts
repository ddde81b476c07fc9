/** Answers the checks of an expression's `authorizer`. */
export interface Authorizer {
  /** undefined where it cannot be known: the check is not evaluable then. */
  authorize(check: AuthorizationCheck): AuthorizationDecision | undefined;
}

/** What an expression asks: a path, or a resource. Empty texts are what the expression did not name. */
export interface AuthorizationCheck {
  /** `{namespace, name}` of the service account that is asked about; undefined for the user of the request. */
  readonly serviceAccount: { readonly namespace: string; readonly name: string } | undefined;
  readonly verb: string;
  readonly path: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
}

export interface AuthorizationDecision {
  readonly isAllowed: boolean;
  readonly reason: string;
  /** The error of the check itself; empty where there was none. */
  readonly error: string;
}
