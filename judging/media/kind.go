package media

import "fayi/judging/filetype"

// Kind says what a file is, by its content.
type Kind = filetype.Kind

// The kinds of package filetype.
const (
	Workbook = filetype.Workbook
	Archive  = filetype.Archive
	Picture  = filetype.Picture
	Video    = filetype.Video
	Audio    = filetype.Audio
	Document = filetype.Document
	Text     = filetype.Text
	Other    = filetype.Other
)

// HeadSize is how many leading bytes of a file Sniff can make use of.
const HeadSize = filetype.HeadSize

// Sniff tells the kind of a file from its first bytes (up to HeadSize of them) and its name, see filetype.Of.
func Sniff(head []byte, name string) Kind { return filetype.Of(head, name).Kind }

// OpensAs tells, from the first bytes of a file (up to HeadSize) and its name, how the name of a copy must end so
// that the system opens it as what it is; "" for what is never handed to other programs: programs and scripts above
// all, whatever they are called.
func OpensAs(head []byte, name string) string { return filetype.Of(head, name).Ext }

func has(head []byte, at int, sig string) bool {
	return len(head) >= at+len(sig) && string(head[at:at+len(sig)]) == sig
}
