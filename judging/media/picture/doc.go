// Package picture decodes pictures: their size, their pixels, and how they look when small and upright.
//
// It promises that pictures are measured before they are decoded, that all decoders together stay within one budget
// of memory, and that a decoder's panic is an error. HEIC needs a build with the tag nodynamic; others refuse it.
//
// It will not store thumbnails or touch the file. Failures are judging errors: Invalid "media.bad_picture",
// "media.picture_too_big", "media.picture_unknown"; Unavailable for a disk that does not answer.
package picture
