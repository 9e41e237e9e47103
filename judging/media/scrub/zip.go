package scrub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
)

// What a document in parts may hold.
const (
	maxDeepCopy  = 2 // a document within a document within a document
	maxXMLBytes  = 64 << 20
	typesPart    = "[Content_Types].xml"
	odfMetaPart  = "meta.xml"
	odfThumbnail = "Thumbnails/thumbnail.png"
)

// blankParts are parts that hold nothing but what reports makers; they stay, empty, since others refer to them.
var blankParts = map[string]struct {
	text   string
	traces []Trace
}{
	"docProps/core.xml": {`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
		[]Trace{Author, Date, Title}},
	"docProps/app.xml": {`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
		[]Trace{Author, Software}},
	"docProps/custom.xml": {`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
		[]Trace{Unnamed}},
	odfMetaPart: {`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<office:document-meta ` +
		`xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>` +
		`</office:document-meta>`,
		[]Trace{Author, Date}},
}

// cleanZip copies a document of Word, Excel, PowerPoint, WPS (new formats) or OpenDocument part by part.
func cleanZip(j *job) error {
	z, err := zip.NewReader(j.src, j.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return errBroken
	}
	if bomb.Document.AdmitParts(len(z.File)) != nil || j.depth > maxDeepCopy {
		return tooBig(bomb.Document.Total)
	}
	p := &parts{job: j, out: zip.NewWriter(j.out), meter: bomb.Meter{Limits: bomb.Document}}
	p.out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.DefaultCompression)
	})
	switch {
	case has(z, typesPart):
		j.format = "ooxml"
	case has(z, "mimetype") && has(z, "content.xml"):
		j.format = "odf"
	default:
		return judging.Fail(judging.Invalid, "scrub.unknown", nil)
	}
	if z.Comment != "" {
		j.lost(Comment)
	}
	for _, f := range z.File {
		if err := p.part(f); err != nil {
			return err
		}
	}
	return p.out.Close()
}

func has(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// parts is a document on its way.
type parts struct {
	*job
	out   *zip.Writer
	meter bomb.Meter
}

func (p *parts) part(f *zip.File) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	name := strings.ReplaceAll(f.Name, `\`, "/")
	switch {
	case strings.HasSuffix(name, "/"):
		return nil
	case name == odfThumbnail, strings.HasPrefix(name, "docProps/thumbnail"):
		p.lost(Preview)
		return nil
	case strings.HasPrefix(name, "_xmlsignatures/"),
		strings.HasPrefix(name, "META-INF/") && strings.HasSuffix(name, "signatures.xml"):
		p.lost(Author) // a signature would break anyway
		return nil
	}
	if b, ok := blankParts[name]; ok {
		p.lost(b.traces...)
		return p.put(f, name, []byte(b.text))
	}
	data, err := p.read(f)
	if err != nil {
		return err
	}
	if data, err = p.clean(name, data); err != nil || data == nil {
		return err
	}
	return p.put(f, name, data)
}

func (p *parts) read(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 || p.meter.Admit(int64(f.UncompressedSize64), int64(f.CompressedSize64)) != nil {
		return nil, tooBig(bomb.Document.Part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	data, err := io.ReadAll(bomb.Reader(r, bomb.Document.Part)) // it may be more than was declared
	if errors.Is(err, bomb.ErrTooBig) {
		return nil, tooBig(bomb.Document.Part)
	}
	if err != nil {
		return nil, errors.Join(errBroken, err)
	}
	p.meter.Count(int64(len(data)))
	return data, nil
}

func (p *parts) put(f *zip.File, name string, data []byte) error {
	method := zip.Deflate
	if f.Method == zip.Store {
		method = zip.Store
	}
	w, err := p.out.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// clean returns what a part becomes; nil leaves it out.
func (p *parts) clean(name string, data []byte) ([]byte, error) {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case ext == ".xml" || ext == ".rels" || name == typesPart:
		return p.cleanXML(name, data)
	case ext == ".bin" && (strings.Contains(name, "printerSettings") || strings.Contains(name, "vbaProject")):
		p.lost(Device) // a printer's name, often with the owner's
		return []byte{}, nil
	case name == "mimetype", ext == ".odttf", ext == ".ttf", ext == ".fntdata", ext == ".emf", ext == ".wmf":
		return data, nil
	}
	return p.cleanWithin(data)
}

// cleanWithin cleans a file that a document holds. One of a kind that can't be cleaned stays as it is, and is
// reported.
func (p *parts) cleanWithin(data []byte) ([]byte, error) {
	var out bytes.Buffer
	got, err := copyAt(p.ctx, &out, bytes.NewReader(data), int64(len(data)), p.depth+1)
	if code := judging.CodeOf(err); code == judging.Invalid {
		p.left[Attached] = true
		return data, nil
	}
	if err != nil {
		return nil, err
	}
	p.lost(got.Removed...)
	for _, t := range got.Left {
		p.left[t] = true
	}
	return out.Bytes(), nil
}

// edit is a thing in the XML of documents that reports somebody, and what stands there afterwards.
type edit struct {
	find  *regexp.Regexp
	put   string
	trace Trace
}

// In Word: authors, initials and dates of comments and of tracked changes. In Excel: authors of notes, the last
// user, the folder on the author's disk. In PowerPoint: authors of comments. In OpenDocument: creators and dates.
// Attributes are emptied, not taken out: some must be there.
var edits = []edit{
	{
		regexp.MustCompile(`(\s(?:\w+:)?(?:author|initials|userId|providerId))\s*=\s*("[^"]*"|'[^']*')`), `$1=""`,
		History,
	},
	{
		regexp.MustCompile(`(\s(?:w|w15|w16cex|w16du):(?:date|dateUtc|dateutc))\s*=\s*("[^"]*"|'[^']*')`),
		`$1="2000-01-01T00:00:00Z"`, Date,
	},
	{regexp.MustCompile(`(<(?:\w+:)?author>)[^<]*(</(?:\w+:)?author>)`), `$1$2`, Author},
	{
		regexp.MustCompile(
			`(<(?:dc:creator|meta:creator-initials|text:sender-\w+|` +
				`text:author-\w+|meta:initial-creator|text:creator)(?:\s[^<>]*)?>)[^<]*(</)`,
		),
		`$1$2`, Author,
	},
	{regexp.MustCompile(`(<dc:date(?:\s[^<>]*)?>)[^<]*(</)`), `${1}2000-01-01T00:00:00$2`, Date},
	{regexp.MustCompile(`(<(?:\w+:)?person\b[^<>]*?\sdisplayName)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Author},
	{regexp.MustCompile(`(<(?:\w+:)?fileSharing\b[^<>]*?\suserName)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Author},
	{regexp.MustCompile(`(<(?:\w+:)?(?:absPath)\b[^<>]*?\surl)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Author},
	{regexp.MustCompile(`(<(?:\w+:)?(?:cmAuthor|author)\b[^<>]*?\sname)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Author},
	{regexp.MustCompile(`(<(?:\w+:)?(?:cmAuthor|author)\b[^<>]*?\sinitials)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Author},
	{regexp.MustCompile(`(<w:docVar\b[^<>]*?\sw:val)\s*=\s*("[^"]*"|'[^']*')`), `$1=""`, Unnamed},
}

// relationEdits take out references to parts that are gone, and to the author's own template.
var relationEdits = []edit{
	{regexp.MustCompile(`<Relationship\b[^<>]*?metadata/thumbnail"[^<>]*?/>`), "", Preview},
	{regexp.MustCompile(`<Relationship\b[^<>]*?digital-signature/[^<>]*?/>`), "", Author},
	{
		regexp.MustCompile(`(<Relationship\b[^<>]*?/attachedTemplate"[^<>]*?\sTarget)="[^"]*"`), `$1="Normal.dotm"`,
		Author,
	},
	{
		regexp.MustCompile(`(<Relationship\b[^<>]*?\sTarget)="[^"]*"([^<>]*?/attachedTemplate")`),
		`$1="Normal.dotm"$2`, Author,
	},
	{regexp.MustCompile(`(?i)(<Relationship\b[^<>]*?\sTarget)="file:[^"]*"`), `$1="file:///"`, Author},
	{regexp.MustCompile(`<Override\b[^<>]*?PartName="/_xmlsignatures/[^<>]*?/>`), "", Author},
	{regexp.MustCompile(`<manifest:file-entry\b[^<>]*?="Thumbnails/thumbnail.png"[^<>]*?/>`), "", Preview},
}

func (p *parts) cleanXML(name string, data []byte) ([]byte, error) {
	if len(data) > maxXMLBytes {
		return nil, tooBig(maxXMLBytes)
	}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) ||
		bytes.IndexByte(data[:min(len(data), 4)], 0) >= 0 {
		p.left[Author] = true // UTF-16: no program writes it today
		return data, nil
	}
	list := edits
	if strings.HasSuffix(name, ".rels") || name == typesPart || name == "META-INF/manifest.xml" {
		list = relationEdits
	}
	for _, e := range list {
		if e.find.Match(data) {
			next := e.find.ReplaceAll(data, []byte(e.put))
			if !bytes.Equal(next, data) {
				p.lost(e.trace)
			}
			data = next
		}
	}
	return data, nil
}
