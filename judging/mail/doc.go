// Package mail reads a mailbox over IMAP and takes the attachments out of its letters.
//
// It promises: nothing in the mailbox changes, no letter is marked as read and none is deleted (EXAMINE, BODY.PEEK);
// the password travels over TLS with a certificate that is checked, or not at all, and is kept nowhere; a letter is
// hostile: its size, parts and depth are bounded, names of attachments are made into names of files in one folder, and
// what can't be read is said with its name. Names and subjects come in the encodings that Chinese programs write.
//
// It does not decide which letters belong to a contest: package office/collect does.
package mail
