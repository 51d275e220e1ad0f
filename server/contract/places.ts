import { z } from 'zod';

/** Fields that say where in the docs something stands; every schema that needs one takes it from here. */
export const path = z
  .string()
  .describe('File of the document, relative to the docs folder, with forward slashes and its ending.');
export const anchor = z.string().describe('GitHub’s slug of the heading; "" above the first heading.');
export const headings = z.array(z.string()).describe('The headings above the text, outermost first.');
export const start = z.number().int().min(0).describe('Where it begins: UTF-16 offset in the source file.');
export const end = z.number().int().min(0).describe('Where it ends: UTF-16 offset in the source file.');
export const hash = z.string().describe('SHA-256 of the section’s text: tells later whether it has changed.');
export const changedAt = z.string().describe('When the text was last changed, ISO 8601.');
export const version = z.number().int().describe('Version of the index that this comes from.');
export const score = z.number().min(0).max(1).describe('How surely the docs answer this.');
