package read

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding"

	"fayi/judging"
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

var errBIFF = errors.New("records do not fit")

// biffRecord is one record with the pieces that continue it.
type biffRecord struct {
	kind  int
	parts [][]byte
}

func (r biffRecord) data() []byte { return r.parts[0] }

// biff walks the records of a workbook stream.
type biff struct {
	data []byte
	at   int
}

// next reads a record and its continuations; io.EOF at the end of the stream.
func (b *biff) next() (biffRecord, error) {
	kind, data, err := b.raw()
	if err != nil {
		return biffRecord{}, err
	}
	r := biffRecord{kind, [][]byte{data}}
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

func (b *biff) raw() (int, []byte, error) {
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

// xlsSource reads a BIFF8 workbook, the format of Excel 97 to 2003, and its elder of Excel 5 and 95 (BIFF5).
type xlsSource struct {
	name      string
	limits    Limits
	stream    []byte
	list      []SheetInfo
	starts    []int // of the sheets, in the stream
	epoch1904 bool
	formats   formats
	strikes   strikes
	shared    packedStrings
	bytes     encoding.Encoding // of the texts of BIFF5; nil: texts are UTF-16, as in BIFF8
}

// openCFB opens a compound file, which holds a workbook of Excel 5 or later, an encrypted one, or something else.
func openCFB(r io.ReaderAt, size int64, name string, limits Limits) (*xlsSource, error) {
	if size > limits.File {
		return nil, FileError(name, "sheet.too_big", judging.Args{"Part": "xls", "Limit": limits.File >> 20})
	}
	doc, err := mscfb.New(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, FileError(name, "sheet.truncated", nil).Because(err)
	}
	kind := "OLE"
	for _, f := range doc.File {
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return nil, FileError(name, "sheet.encrypted", nil)
		case "Workbook", "Book":
			stream, err := io.ReadAll(io.LimitReader(f, limits.File))
			if err != nil || int64(len(stream)) < min(f.Size, limits.File) {
				return nil, FileError(name, "sheet.truncated", nil).Because(err)
			}
			return openBIFF(stream, name, limits)
		case "WordDocument":
			kind = "DOC"
		case "PowerPoint Document":
			kind = "PPT"
		}
	}
	return nil, FileError(name, "sheet.not_workbook", judging.Args{"Kind": kind})
}

// openBIFF reads the globals of a workbook stream.
func openBIFF(stream []byte, name string, limits Limits) (*xlsSource, error) {
	x := &xlsSource{name: name, limits: limits, stream: stream}
	if len(stream) < 8 || u16(stream) != recBOF {
		return nil, FileError(name, "sheet.old_excel", nil)
	}
	x.elder()
	if kind := u16(stream[6:]); kind == sheetStream && x.bytes != nil { // a sheet alone, as simple writers make it
		x.list, x.starts = []SheetInfo{{Name: "Sheet1"}}, []int{0}
		return x, nil
	}
	if err := x.globals(); err != nil {
		return nil, x.broken(err)
	}
	if len(x.list) == 0 {
		return nil, FileError(name, "sheet.no_sheets", nil)
	}
	return x, nil
}

func (x *xlsSource) broken(err error) error {
	var told *judging.Error
	switch {
	case errors.As(err, &told):
		return err
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return FileError(x.name, "sheet.truncated", nil).Because(err)
	case errors.Is(err, ErrTooBig):
		return FileError(x.name, "sheet.too_big", judging.Args{"Part": "xls", "Limit": x.limits.File >> 20})
	}
	return FileError(x.name, "sheet.broken", judging.Args{"Part": "xls"}).Because(err)
}

func (x *xlsSource) globals() error {
	b := &biff{data: x.stream}
	for {
		r, err := b.next()
		if err != nil {
			return err
		}
		d := r.data()
		switch {
		case r.kind == recEOF:
			return nil
		case r.kind == recFilePass:
			return FileError(x.name, "sheet.encrypted", nil)
		case r.kind == recDate1904 && len(d) >= 2:
			x.epoch1904 = u16(d) == 1
		case r.kind == recBoundSheet && len(d) >= 8:
			x.addSheet(d)
		case r.kind == recFormat && len(d) >= 5:
			if code, err := x.formatCode(d[2:]); err == nil {
				x.formats.code(int(u16(d)), code)
			}
		case r.kind == recXF && len(d) >= 4:
			x.formats.add(int(u16(d[2:])))
			font := int(u16(d))
			if font > 4 { // there is no font 4
				font--
			}
			x.strikes.style(font)
		case r.kind == recFont && len(d) >= 4:
			x.strikes.font(u16(d[2:])&0x8 != 0)
		case r.kind == recSST && len(d) >= 8:
			if err := x.strings(r, int(u32(d[4:]))); err != nil {
				return err
			}
		}
	}
}

func (x *xlsSource) addSheet(d []byte) {
	t := textReader{parts: [][]byte{d[7:]}, bytes: x.bytes}
	name, err := t.chars(int(d[6]))
	// type 0: a worksheet, no chart or macro
	if start := int(u32(d)); err == nil && d[5] == 0 && start < len(x.stream) && len(x.list) < maxSheets {
		x.list = append(x.list, SheetInfo{Name: name, Hidden: d[4]&3 != 0})
		x.starts = append(x.starts, start)
	}
}

// formatCode reads the text of a number format.
func (x *xlsSource) formatCode(d []byte) (string, error) {
	t := textReader{parts: [][]byte{d}, bytes: x.bytes}
	if x.bytes == nil {
		return t.plain()
	}
	n, err := t.need(1)
	if err != nil {
		return "", err
	}
	return t.chars(int(n[0]))
}

func (x *xlsSource) strings(r biffRecord, n int) error {
	t := textReader{parts: r.parts, at: 8}
	for range n {
		if t.advance(); t.at >= len(t.parts[0]) { // some writers count more strings than they write
			return nil
		}
		s, err := t.rich()
		if err != nil {
			return err
		}
		if err := x.shared.add(s); err != nil {
			return err
		}
	}
	return nil
}

func (x *xlsSource) sheets() []SheetInfo { return x.list }

// each calls yield for the records of a sheet, up to its end.
func (x *xlsSource) each(sheet int, yield func(biffRecord) error) error {
	b := &biff{data: x.stream, at: x.starts[sheet]}
	depth := 0
	for {
		r, err := b.next()
		if err == io.EOF && x.bytes != nil { // simple writers forget the end
			return nil
		}
		if err != nil {
			return x.broken(err)
		}
		switch r.kind {
		case recBOF: // charts stand within sheets
			depth++
		case recEOF:
			if depth--; depth <= 0 {
				return nil
			}
		default:
			if depth > 1 {
				continue
			}
			if err := yield(r); err != nil {
				return err
			}
		}
	}
}

func (x *xlsSource) merges(sheet int) ([]Area, error) {
	var list []Area
	err := x.each(sheet, func(r biffRecord) error {
		if r.kind != recMergeCells {
			return nil
		}
		for d := r.data(); len(d) >= 10 && len(list) < maxMerges; d = d[8:] {
			top, bottom, left, right := int(u16(d[2:])), int(u16(d[4:])), int(u16(d[6:])), int(u16(d[8:]))
			if top <= bottom && left <= right {
				list = append(list, Area{top + 1, left, bottom + 1, right})
			}
		}
		return nil
	})
	return sortAreas(list), err
}
