// Package scrub copies files without what they say of their makers: names, places, dates, devices, comments,
// earlier versions, small previews.
//
// It promises that what is to be judged stays as it was: pictures keep their pixels bit by bit, their colour
// profile and the way they are held up; sound and film keep their frames; documents keep their words. Files are
// read as they come, never whole in memory where they may be large (film, sound); the same bytes give the same
// copy. It will not look into words or pixels: a name written in a picture stays.
//
// Every input is taken for hostile. Failures are judging errors: Invalid "scrub.unknown" for a format that it can't
// clean, "scrub.broken" for a file that does not keep to its format, "scrub.too_big"; Unavailable when reading or
// writing fails. A cancelled context comes back as ctx.Err().
//
// What a file is decides who cleans it: packages pictures, recordings and documents.
package scrub
