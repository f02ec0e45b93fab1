/** Errors as the REST API answers them: always an array, even for one. */

export interface ApiErrorBody {
  message: string;
  errorCode: string;
  fields?: string[];
  [more: string]: unknown;
}

export class ApiError extends Error {
  readonly status: number;
  readonly bodies: ApiErrorBody[];

  constructor(status: number, ...bodies: ApiErrorBody[]) {
    super(bodies[0]?.message ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.bodies = bodies;
  }
}

export const apiError = (status: number, errorCode: string, message: string, fields?: string[]) =>
  new ApiError(status, fields ? { message, errorCode, fields } : { message, errorCode });

export const notFound = (message = 'The requested resource does not exist') => apiError(404, 'NOT_FOUND', message);
export const invalidSession = () => apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
export const limitExceeded = () => apiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
