/** Fetches; a token that has been revoked leads back to the sign-in form. */
export const signedInFetch: typeof fetch = async (...args) => {
  const response = await fetch(...args);
  const { pathname, search, hash } = location;
  if (response.status === 401) location.assign(`/sign-in?to=${encodeURIComponent(pathname + search + hash)}`);
  return response;
};
