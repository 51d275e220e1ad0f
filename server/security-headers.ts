import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** The widget's script and the client's code: pages of any origin may load them, and they say nothing of the docs. */
const CODE = /^\/(widget\.js$|assets\/)/;

/** What browsers can do for a page, and Docent's pages have no use for. The clipboard they have. */
const UNUSED = [
  'accelerometer',
  'autoplay',
  'camera',
  'displayCapture',
  'encryptedMedia',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'pictureInPicture',
  'publickeyCredentialsGet',
  'screenWakeLock',
  'serial',
  'usb',
  'xrSpatialTracking',
] as const;

/** Headers of every answer: only our own scripts, styles, images and requests, in no one's frame. */
export function securityHeaders(): MiddlewareHandler {
  const own = headers('same-origin');
  const code = headers('cross-origin');
  return async (context, next) => {
    if (!CODE.test(context.req.path)) return own(context, next);
    // A module of another origin is loaded only with its leave.
    context.header('access-control-allow-origin', '*');
    return code(context, next);
  };
}

function headers(crossOriginResourcePolicy: 'same-origin' | 'cross-origin'): MiddlewareHandler {
  return secureHeaders({
    crossOriginResourcePolicy,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // Docent is often served by plain http inside a network; TLS is the proxy's, and so is this header.
    strictTransportSecurity: false,
    permissionsPolicy: Object.fromEntries(UNUSED.map((feature) => [feature, []])),
  });
}
