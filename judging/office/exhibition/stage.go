// Package exhibition shows awarded works to the public: as a folder of pages for a browser, and as an album on paper.
//
// It promises that nothing is shown before the awards are final, that a work whose author did not agree is left out
// and listed, and that names stand there as the rules say. Pictures are drawn again from their pixels, so that nothing
// of what a file says of its maker goes along. It will not look into pixels: a name written in a picture is shown,
// but where the rules hide children's names what a person covered for judges stays covered.
package exhibition

import "fayi/judging/office/internal/records"

// Stage is the showing of an open contest's works; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
