package biff

import (
	"errors"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// Source reads a BIFF8 workbook, the format of Excel 97 to 2003, and its elder of Excel 5 and 95 (BIFF5).
type Source struct {
	name      string
	limits    grid.Limits
	stream    []byte
	list      []grid.SheetInfo
	starts    []int // of the sheets, in the stream
	epoch1904 bool
	formats   grid.Formats
	strikes   grid.Strikes
	shared    grid.Strings
	macros    bool
	bytes     encoding.Encoding // of the texts of BIFF5; nil: texts are UTF-16, as in BIFF8
}

// OpenCompound opens a compound file, which holds a workbook of Excel 5 or later, an encrypted one, or something else.
// name is what messages call the file; the limits are complete (see Limits.WithDefaults). The error is a judging.Error.
func OpenCompound(r io.ReaderAt, size int64, name string, limits grid.Limits) (*Source, error) {
	if size > limits.File {
		return nil, grid.FileError(name, "sheet.too_big", judging.Args{"Part": "xls", "Limit": limits.File >> 20})
	}
	doc, err := mscfb.New(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, grid.FileError(name, "sheet.truncated", nil).Because(err)
	}
	kind, macros := "OLE", false
	for _, f := range doc.File {
		macros = macros || strings.HasPrefix(f.Name, "_VBA_PROJECT") || f.Name == "VBA"
	}
	for _, f := range doc.File {
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return nil, grid.FileError(name, "sheet.encrypted", nil)
		case "Workbook", "Book":
			stream, err := io.ReadAll(io.LimitReader(f, limits.File))
			if err != nil || int64(len(stream)) < min(f.Size, limits.File) {
				return nil, grid.FileError(name, "sheet.truncated", nil).Because(err)
			}
			x, err := OpenStream(stream, name, limits)
			if err == nil {
				x.macros = x.macros || macros
			}
			return x, err
		case "WordDocument":
			kind = "DOC"
		case "PowerPoint Document":
			kind = "PPT"
		}
	}
	return nil, grid.FileError(name, "sheet.not_workbook", judging.Args{"Kind": kind})
}

// OpenStream reads the globals of a workbook stream, which stays in use. The error is a judging.Error.
func OpenStream(stream []byte, name string, limits grid.Limits) (*Source, error) {
	x := &Source{name: name, limits: limits, stream: stream}
	if len(stream) < 8 || u16(stream) != recBOF {
		return nil, grid.FileError(name, "sheet.old_excel", nil)
	}
	x.elder()
	if kind := u16(stream[6:]); kind == sheetStream && x.bytes != nil { // a sheet alone, as simple writers make it
		x.list, x.starts = []grid.SheetInfo{{Name: "Sheet1"}}, []int{0}
		return x, nil
	}
	if err := x.globals(); err != nil {
		return nil, x.broken(err)
	}
	if len(x.list) == 0 {
		return nil, grid.FileError(name, "sheet.no_sheets", nil)
	}
	return x, nil
}

// macroSheet is the type of a sheet of Excel 4 macros.
const macroSheet = 1

// Macros reports whether the workbook holds macros, which are never read.
func (x *Source) Macros() bool { return x.macros }

func (x *Source) broken(err error) error {
	var told *judging.Error
	switch {
	case errors.As(err, &told):
		return err
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return grid.FileError(x.name, "sheet.truncated", nil).Because(err)
	case errors.Is(err, grid.ErrTooBig):
		return grid.FileError(x.name, "sheet.too_big", judging.Args{"Part": "xls", "Limit": x.limits.File >> 20})
	}
	return grid.FileError(x.name, "sheet.broken", judging.Args{"Part": "xls"}).Because(err)
}

func (x *Source) globals() error {
	b := &records{data: x.stream}
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
			return grid.FileError(x.name, "sheet.encrypted", nil)
		case r.kind == recDate1904 && len(d) >= 2:
			x.epoch1904 = u16(d) == 1
		case r.kind == recBoundSheet && len(d) >= 8:
			x.addSheet(d)
		case r.kind == recFormat && len(d) >= 5:
			if code, err := x.formatCode(d[2:]); err == nil {
				x.formats.Code(int(u16(d)), code)
			}
		case r.kind == recXF && len(d) >= 4:
			x.formats.Add(int(u16(d[2:])))
			font := int(u16(d))
			if font > 4 { // there is no font 4
				font--
			}
			x.strikes.Style(font)
		case r.kind == recFont && len(d) >= 4:
			x.strikes.Font(u16(d[2:])&0x8 != 0)
		case r.kind == recSST && len(d) >= 8:
			if err := x.strings(r, int(u32(d[4:]))); err != nil {
				return err
			}
		}
	}
}

func (x *Source) addSheet(d []byte) {
	t := textReader{parts: [][]byte{d[7:]}, bytes: x.bytes}
	name, err := t.chars(int(d[6]))
	x.macros = x.macros || d[5] == macroSheet
	// type 0: a worksheet, no chart or macro
	if start := int(u32(d)); err == nil && d[5] == 0 && start < len(x.stream) && len(x.list) < grid.MaxSheets {
		x.list = append(x.list, grid.SheetInfo{Name: name, Hidden: d[4]&3 != 0})
		x.starts = append(x.starts, start)
	}
}

// formatCode reads the text of a number format.
func (x *Source) formatCode(d []byte) (string, error) {
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

func (x *Source) strings(r record, n int) error {
	t := textReader{parts: r.parts, at: 8}
	for range n {
		if t.advance(); t.at >= len(t.parts[0]) { // some writers count more strings than they write
			return nil
		}
		s, err := t.rich()
		if err != nil {
			return err
		}
		if err := x.shared.Add(s); err != nil {
			return err
		}
	}
	return nil
}

// Sheets lists the worksheets in the order of the book.
func (x *Source) Sheets() []grid.SheetInfo { return x.list }

// each calls yield for the records of a sheet, up to its end.
func (x *Source) each(sheet int, yield func(record) error) error {
	b := &records{data: x.stream, at: x.starts[sheet]}
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

// Merges lists the merged ranges of a sheet.
func (x *Source) Merges(sheet int) ([]grid.Area, error) {
	var list []grid.Area
	err := x.each(sheet, func(r record) error {
		if r.kind != recMergeCells {
			return nil
		}
		for d := r.data(); len(d) >= 10 && len(list) < grid.MaxMerges; d = d[8:] {
			top, bottom, left, right := int(u16(d[2:])), int(u16(d[4:])), int(u16(d[6:])), int(u16(d[8:]))
			if top <= bottom && left <= right {
				list = append(list, grid.Area{Top: top + 1, Left: left, Bottom: bottom + 1, Right: right})
			}
		}
		return nil
	})
	return grid.SortAreas(list), err
}
