package biff

import (
	"encoding/binary"
	"errors"
	"io"
)

// The records of a workbook that matter here ([MS-XLS] 2.3; those of Excel 5 have the same numbers).
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDate1904   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recCodePage   = 0x0042
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recFont       = 0x0031
	recXF         = 0x00E0
	recMergeCells = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809
)

var errRecords = errors.New("records do not fit")

// record is one record with the pieces that continue it.
type record struct {
	kind  int
	parts [][]byte
}

func (r record) data() []byte { return r.parts[0] }

// records walks the records of a workbook stream.
type records struct {
	data []byte
	at   int
}

// next reads a record and its continuations; io.EOF at the end of the stream.
func (b *records) next() (record, error) {
	kind, data, err := b.raw()
	if err != nil {
		return record{}, err
	}
	r := record{kind, [][]byte{data}}
	for {
		mark := b.at
		kind, data, err := b.raw()
		if err != nil || kind != recContinue {
			b.at = mark
			return r, nil
		}
		r.parts = append(r.parts, data)
	}
}

func (b *records) raw() (int, []byte, error) {
	if len(b.data)-b.at < 4 {
		return 0, nil, io.EOF
	}
	kind, size := int(u16(b.data[b.at:])), int(u16(b.data[b.at+2:]))
	if b.at += 4; len(b.data)-b.at < size {
		return 0, nil, io.ErrUnexpectedEOF
	}
	b.at += size
	return kind, b.data[b.at-size : b.at], nil
}

func u16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }

func u32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
