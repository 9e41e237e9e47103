// Package media looks at the files of works: what they are, where they lie, to which work they belong, and how they
// look when small.
//
// It promises that nothing a sender packs can hurt: archives are unpacked under Limits and never to a name of the
// sender's choosing, links are not followed, pictures are measured before they are decoded, and a file is what its
// bytes say, whatever its name says. Same bytes, same answer in the same order.
//
// It will not store files, know a contest, or read a clock. Failures are judging errors (Invalid for hostile or
// broken input, Unavailable for a disk that does not answer); a cancelled context comes back as ctx.Err(). Errors
// never carry file names, which often hold names of people: the place is reported with them (Skipped).
package media
