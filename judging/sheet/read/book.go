package read

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/sheet/biff"
	"fayi/judging/sheet/grid"
)

// Book is an open spreadsheet file of any format. It is for one goroutine; Close it.
type Book struct {
	name   string
	limits grid.Limits
	source source
	file   *os.File // nil where all is in memory or read again
}

// Open opens the spreadsheet at path and learns its format from its content. name is what messages call the file
// (path may be a temporary one). The error is a judging.Error: Unavailable when the file cannot be read, NotFound
// when it is not there, Invalid when it is no spreadsheet that can be read, with what to do about it.
func Open(path, name string, limits grid.Limits) (b *Book, err error) {
	limits = limits.WithDefaults()
	f, err := regular.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		e := grid.FileError(name, "sheet.missing", nil).Because(err)
		e.Code = judging.NotFound
		return nil, e
	}
	if info, folder := os.Stat(path); folder == nil && info.IsDir() {
		return nil, grid.FileError(name, "sheet.is_folder", nil)
	}
	if err != nil {
		return nil, grid.Unreadable(name, err)
	}
	b = &Book{name: name, limits: limits, file: f}
	defer func() {
		if Guard(name, &err, recover()); err != nil {
			f.Close()
			b = nil
		}
	}()
	info, err := f.Stat()
	switch {
	case err != nil:
		return b, grid.Unreadable(name, err)
	case info.Size() == 0:
		return b, grid.FileError(name, "sheet.empty", nil)
	}
	return b, b.sniff(path, f, info.Size())
}

// sniff chooses the reader by the first bytes.
func (b *Book) sniff(path string, f *os.File, size int64) error {
	head := make([]byte, 4096)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return grid.Unreadable(b.name, err)
	}
	head = head[:n]
	var s source
	switch how, kind := ReadAs(head); how {
	case filetype.AsZip:
		s, err = openZip(f, size, b.name, b.limits)
	case filetype.AsWeb:
		s, err = openWeb(f, size, b.name, b.limits)
	case filetype.AsArchive:
		s, err = openMHT(f, size, b.name, b.limits)
	case filetype.AsText:
		s, err = openCSV(path, b.name, b.limits)
	case filetype.AsCompound:
		s, err = biff.OpenCompound(f, size, b.name, b.limits)
	case filetype.AsStream:
		s, err = b.openBare(f, size)
	case filetype.TooOld:
		err = grid.FileError(b.name, "sheet.old_excel", nil)
	default:
		err = grid.FileError(b.name, "sheet.not_workbook", judging.Args{"Kind": kind})
	}
	if err == nil {
		b.source = s
	}
	return err
}

// openBare opens a stream of records that is not wrapped in a compound file, as some programs write it.
func (b *Book) openBare(f *os.File, size int64) (source, error) {
	if size > b.limits.File {
		return nil, grid.FileError(b.name, "sheet.too_big", judging.Args{"Part": "xls", "Limit": b.limits.File >> 20})
	}
	stream, err := io.ReadAll(io.NewSectionReader(f, 0, size))
	if err != nil {
		return nil, grid.Unreadable(b.name, err)
	}
	return biff.OpenStream(stream, b.name, b.limits)
}

// ReadAs tells by the first bytes of a file how it is read, and what it is called if it is no table.
func ReadAs(head []byte) (how filetype.Table, kind string) {
	t := filetype.Of(head, "")
	if t.Table != filetype.AsText {
		return t.Table, t.Refusal
	}
	return filetype.TextTable(head), ""
}

// Guard turns the panic of a decoder, recovered, into an error of the file.
func Guard(name string, err *error, p any) {
	if p != nil {
		*err = grid.FileError(name, "sheet.broken", judging.Args{"Part": "?"}).Because(fmt.Errorf("decoder: %v", p))
	}
}

// Name returns what messages call the file.
func (b *Book) Name() string { return b.name }

// IsXLSX reports whether the book is a workbook of Office Open XML.
func (b *Book) IsXLSX() bool {
	_, ok := b.source.(*xlsxSource)
	return ok
}

// Macros reports whether the file holds macros. Nothing of them is read or run.
func (b *Book) Macros() bool {
	m, may := b.source.(interface{ Macros() bool })
	return may && m.Macros()
}

// Infos lists the sheets, hidden ones too, in the order of the book.
func (b *Book) Infos() []grid.SheetInfo { return b.source.Sheets() }

// Close releases the file.
func (b *Book) Close() error { return b.file.Close() }

// Rows calls yield for each row of a sheet, merged cells laid over the rows below. A panic of the decoder becomes
// an error; one of yield goes on.
func (b *Book) Rows(sheet int, areas []grid.Area, yield func(grid.Line) error) (err error) {
	yielding := false
	defer func() {
		if !yielding {
			Guard(b.name, &err, recover())
		}
	}()
	fill := newFiller(areas)
	return b.source.Rows(sheet, func(l grid.Line) error {
		fill.fill(&l)
		yielding = true
		err := yield(l)
		yielding = false
		return err
	})
}

// Merges lists the merged ranges of a sheet, by their upper left cells. The error is a judging.Error.
func (b *Book) Merges(sheet int) (list []grid.Area, err error) {
	defer func() { Guard(b.name, &err, recover()) }()
	return b.source.Merges(sheet)
}
