package read

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/tags"
)

// source is a workbook of any format. Rows of a sheet come in the order of the file.
type source interface {
	Sheets() []grid.SheetInfo
	Merges(sheet int) ([]grid.Area, error)
	Rows(sheet int, yield func(grid.Line) error) error
}

// xlsxSource reads an Office Open XML workbook part by part.
type xlsxSource struct {
	name      string // of the file, for messages
	limits    grid.Limits
	parts     map[string]*zip.File // by lower-case path
	list      []grid.SheetInfo
	epoch1904 bool
	formats   grid.Formats
	strikes   grid.Strikes
	shared    grid.Strings
}

// openZip opens a workbook of Office Open XML or OpenDocument.
func openZip(r io.ReaderAt, size int64, name string, limits grid.Limits) (source, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, grid.FileError(name, "sheet.truncated", nil).Because(err)
	}
	x := &xlsxSource{name: name, limits: limits, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		x.parts[partKey(f.Name)] = f
	}
	book := x.bookPart()
	if x.parts[book] == nil {
		if x.parts["content.xml"] != nil {
			return openODS(x)
		}
		return nil, x.foreign()
	}
	if err := x.readBook(book); err != nil {
		return nil, err
	}
	if len(x.list) == 0 {
		return nil, grid.FileError(name, "sheet.no_sheets", nil)
	}
	if err := x.readStyles(path.Dir(book) + "/styles.xml"); err != nil {
		return nil, err
	}
	return x, x.readShared(path.Dir(book) + "/sharedstrings.xml")
}

// Macros reports whether the workbook holds macros: of VBA, of Excel 4, or of LibreOffice.
func (x *xlsxSource) Macros() bool {
	for name := range x.parts {
		basic := strings.HasPrefix(name, "basic/") && strings.Count(name, "/") > 1 &&
			!strings.HasPrefix(path.Base(name), "script-l")
		if path.Base(name) == "vbaproject.bin" || strings.HasPrefix(name, "xl/macrosheets/") || basic ||
			strings.HasPrefix(name, "scripts/") && !strings.HasSuffix(name, "/") {
			return true
		}
	}
	return false
}

func partKey(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// foreign names what a zip file is that holds no workbook.
func (x *xlsxSource) foreign() error {
	kind := "ZIP"
	switch {
	case x.parts["xl/workbook.bin"] != nil:
		kind = "XLSB"
	case x.parts["word/document.xml"] != nil:
		kind = "DOCX"
	case x.parts["ppt/presentation.xml"] != nil:
		kind = "PPTX"
	case x.parts["content.xml"] != nil && x.parts["mimetype"] != nil:
		kind = "OpenDocument"
	case x.parts["index/document.iwa"] != nil || x.parts["index.zip"] != nil:
		kind = "Numbers"
	}
	return grid.FileError(x.name, "sheet.not_workbook", judging.Args{"Kind": kind})
}

// bookPart returns the path of the workbook part; most writers, but not all, call it xl/workbook.xml.
func (x *xlsxSource) bookPart() string {
	for _, target := range x.relations("_rels/.rels", "", "/officedocument") {
		if x.parts[target] != nil {
			return target
		}
	}
	return "xl/workbook.xml"
}

// relations returns the targets of one relationship part by identity, those whose type ends in kind. A missing or
// broken part gives none.
func (x *xlsxSource) relations(part, base, kind string) map[string]string {
	out := map[string]string{}
	_ = x.each(part, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(strings.ToLower(attr(e, "Type")), kind) {
			target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(base, target)
			}
			out[attr(e, "Id")] = partKey(path.Clean(target))
		}
		return nil
	})
	return out
}

func (x *xlsxSource) readBook(book string) error {
	base := path.Dir(book)
	targets := x.relations(base+"/_rels/"+path.Base(book)+".rels", base, "/worksheet")
	return x.each(book, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			x.epoch1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			part := targets[relationID(e)]
			if x.parts[part] == nil || len(x.list) >= grid.MaxSheets {
				return nil
			}
			state := attr(e, "state")
			hidden := state != "" && state != "visible"
			x.list = append(x.list, grid.SheetInfo{Name: attr(e, "name"), Hidden: hidden, Part: part})
		}
		return nil
	})
}

func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// readStyles learns the number formats of the cell styles, and which of them strike text through.
func (x *xlsxSource) readStyles(part string) error {
	inCells, inFonts := false, false
	return x.each(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				x.formats.Code(id, attr(e, "formatCode"))
			}
		case "fonts":
			inFonts = true
		case "font":
			if inFonts {
				x.strikes.Font(false)
			}
		case "strike":
			if v := attr(e, "val"); inFonts && (v == "" || isTrue(v)) {
				x.strikes.Strike()
			}
		case "fills", "borders":
			inFonts = false
		case "cellStyleXfs", "dxfs", "cellStyles":
			inCells, inFonts = false, false
		case "cellXfs":
			inCells, inFonts = true, false
		case "xf":
			if inCells {
				font, err := strconv.Atoi(attr(e, "fontId"))
				if err != nil {
					font = -1
				}
				x.strikes.Style(font)
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				x.formats.Add(id)
			}
		}
		return nil
	})
}

func (x *xlsxSource) readShared(part string) error {
	if x.parts[part] == nil {
		return nil
	}
	p, err := x.open(part)
	if err != nil {
		return err
	}
	defer p.Close()
	for t := tags.New(p); ; {
		err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil && t.Is("si") {
			var s string
			if s, err = rich(t, "si"); err == nil {
				err = x.shared.Add(s)
			}
		}
		if err != nil {
			return x.broken(part, err)
		}
	}
}

// each calls yield for the start tags of a part. An absent part has none.
func (x *xlsxSource) each(part string, yield func(xml.StartElement) error) error {
	if x.parts[part] == nil {
		return nil
	}
	r, err := x.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if e, ok := t.(xml.StartElement); ok && err == nil {
			err = yield(e)
		}
		if err != nil {
			return x.broken(part, err)
		}
	}
}

// open unpacks a part under the limits.
func (x *xlsxSource) open(part string) (io.ReadCloser, error) {
	f := x.parts[part]
	limits := bomb.Limits{Part: x.limits.Unzipped, Ratio: bomb.Workbook.Ratio}
	switch {
	case f.Flags&1 != 0:
		return nil, grid.FileError(x.name, "sheet.encrypted", nil)
	case limits.Admit(int64(f.UncompressedSize64), int64(f.CompressedSize64)) != nil:
		return nil, x.tooBig(part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, x.broken(part, err)
	}
	return &partReader{Reader: bomb.Reader(r, x.limits.Unzipped), Closer: r, longest: 8 * x.limits.Cell}, nil
}

func (x *xlsxSource) tooBig(part string) error {
	return grid.FileError(x.name, "sheet.too_big", judging.Args{"Part": part, "Limit": x.limits.Unzipped >> 20})
}

// broken says that a part cannot be read on, unless err already says more.
func (x *xlsxSource) broken(part string, err error) error {
	var told *judging.Error
	switch {
	case errors.As(err, &told):
		return err
	case errors.Is(err, grid.ErrTooBig):
		return x.tooBig(part)
	}
	return grid.FileError(x.name, "sheet.broken", judging.Args{"Part": part}).Because(err)
}

// partReader stops a part that grows beyond its limit, or that holds one token so long that a decoder would swallow
// it whole.
type partReader struct {
	io.Reader
	io.Closer
	longest int
	run     int // bytes since the last "<"
}

// Read implements io.Reader.
func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if i := bytes.LastIndexByte(b[:n], '<'); i >= 0 {
		p.run = n - i
	} else {
		p.run += n
	}
	if p.run > p.longest {
		return 0, grid.ErrTooBig
	}
	return n, err
}

// Sheets implements source.
func (x *xlsxSource) Sheets() []grid.SheetInfo { return slices.Clone(x.list) }

// Merges implements source.
func (x *xlsxSource) Merges(sheet int) ([]grid.Area, error) {
	r, err := x.open(x.list[sheet].Part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list, err := readMerges(r)
	if err != nil {
		return nil, x.broken(x.list[sheet].Part, err)
	}
	return list, nil
}
