// Package bomb bounds what packed data may unpack to: the limits of every kind of packed file that the program opens
// stand here, and the arithmetic that holds them. Sizes that a file declares are checked before anything is unpacked,
// and what comes out is counted, since declared sizes may lie.
package bomb

import (
	"errors"
	"io"
)

// Limits bound one packed file. Zero means no bound.
type Limits struct {
	Parts int   // most parts
	Part  int64 // most bytes of one part, unpacked
	Total int64 // most bytes of all parts together, unpacked
	Ratio int64 // most bytes unpacked for each byte packed, of what unpacks to more than 64 MiB
}

// The limits of each kind, far above what honest files need.
var (
	// Archive is for what is sent in: the archives of one source together.
	Archive = Limits{Parts: 100_000, Total: 64 << 30, Ratio: 200}
	// Workbook is for an xlsx file whose parts are read as a stream.
	Workbook = Limits{Part: 1 << 30, Ratio: 400}
	// ScoreSheet is for a workbook that a judge sends back: it was small when it was made.
	ScoreSheet = Limits{Part: 128 << 20, Ratio: 400}
	// Form is for a workbook that is held in memory whole, to be filled in; Part is of its XML.
	Form = Limits{Part: 64 << 20, Total: 256 << 20}
	// Document is for an office document that is cleaned part by part, each in memory.
	Document = Limits{Parts: 20_000, Part: 256 << 20, Total: 1 << 30}
	// Prose is for an office document of which only the text is read; Part is of its body.
	Prose = Limits{Parts: 20_000, Part: 48 << 20}
)

// ratioFloor is how many bytes may come out before Ratio counts: a blank page scanned as a bitmap packs 500 to 1.
const ratioFloor = 64 << 20

// ErrTooBig says that something unpacks to more than it may.
var ErrTooBig = errors.New("unpacks to more than it may")

// Admit refuses with ErrTooBig a part, or all parts together, that declare more bytes than they may. Negative sizes,
// as declared sizes over 63 bits become, are refused too.
func (l Limits) Admit(unpacked, packed int64) error {
	switch {
	case unpacked < 0, l.Part > 0 && unpacked > l.Part, l.Total > 0 && unpacked > l.Total:
		return ErrTooBig
	case l.Ratio > 0 && unpacked > ratioFloor && unpacked/l.Ratio > max(packed, 1):
		return ErrTooBig
	}
	return nil
}

// AdmitParts refuses with ErrTooBig a number of parts.
func (l Limits) AdmitParts(n int) error {
	if l.Parts > 0 && n > l.Parts {
		return ErrTooBig
	}
	return nil
}

// Meter counts what comes out of one packed file, or of several that share a total.
type Meter struct {
	Limits
	used int64
}

// Left returns how many bytes may still come; it is only of use where Total is set.
func (m *Meter) Left() int64 { return max(m.Total-m.used, 0) }

// Admit is that of the limits, and refuses what does not fit into the total any more.
func (m *Meter) Admit(unpacked, packed int64) error {
	if m.Total > 0 && unpacked > m.Left() {
		return ErrTooBig
	}
	return m.Limits.Admit(unpacked, packed)
}

// Count notes that n bytes came, or will come.
func (m *Meter) Count(n int64) { m.used += n }

// Sum adds sizes; it is -1, which no limits admit, when one is negative or the sum is over 63 bits.
func Sum(sizes []int64) int64 {
	var sum int64
	for _, n := range sizes {
		if sum += n; n < 0 || sum < 0 {
			return -1
		}
	}
	return sum
}

// Reader gives at most n bytes of r, and ErrTooBig for the next one.
func Reader(r io.Reader, n int64) io.Reader { return &reader{r, n} }

type reader struct {
	r    io.Reader
	left int64
}

func (b *reader) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 { // one more reports whether there is one
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if int64(n) > b.left {
		n, err = int(b.left), ErrTooBig
	}
	b.left -= int64(n)
	return n, err
}
