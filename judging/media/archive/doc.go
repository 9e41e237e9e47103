// Package archive lists the files that a sender packs: in a folder, a zip, rar or 7z, and archives within them.
//
// It promises that nothing packed can hurt: archives are unpacked under Limits and never to a name of the sender's
// choosing, links are not followed, and an Entry never gives more than it declares. Same bytes, same files in the
// same order; what is left out is reported with its reason (Skipped).
//
// It will not look into pictures or words, nor say to which work a file belongs. Failures are judging errors
// (Invalid for hostile or broken input, Unavailable for a disk that does not answer); a cancelled context comes back
// as ctx.Err(). Errors never carry file names, which often hold names of people.
package archive
