package scrub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"path"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
)

// What a document in parts may hold.
const (
	maxDeepCopy = 2 // a document within a document within a document
	typesPart   = "[Content_Types].xml"
)

// cleanZip writes a document of Word, Excel, PowerPoint, WPS (new formats) or OpenDocument again from the parts that
// its reader shows.
func cleanZip(j *job) error {
	z, err := zip.NewReader(j.src, j.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return errBroken
	}
	if bomb.Document.AdmitParts(len(z.File)) != nil || j.depth > maxDeepCopy {
		return tooBig(bomb.Document.Total)
	}
	p := &parts{
		job:   j,
		files: map[string]*zip.File{},
		out:   zip.NewWriter(j.out),
		meter: bomb.Meter{Limits: bomb.Document},
	}
	p.out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.DefaultCompression)
	})
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if p.files[strings.ToLower(name)] != nil {
			return errBroken // readers differ in which of two they take
		}
		p.files[strings.ToLower(name)] = f
	}
	if z.Comment != "" {
		j.lost(Comment)
	}
	switch {
	case p.has(typesPart):
		j.format = "ooxml"
		err = p.office()
	case p.has("mimetype") && p.has("content.xml"):
		j.format = "odf"
		err = p.openDocument()
	default:
		return judging.Fail(judging.Invalid, "scrub.unknown", nil)
	}
	if err != nil {
		return err
	}
	return p.out.Close()
}

// parts is a document on its way.
type parts struct {
	*job
	files map[string]*zip.File // by name, in lower case: part names don't differ by case (ISO/IEC 29500-2)
	out   *zip.Writer
	meter bomb.Meter
}

func (p *parts) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// tree reads a part as a tree of XML.
func (p *parts) tree(name string) (*node, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	return readXML(data)
}

func (p *parts) read(name string) ([]byte, error) {
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, errBroken
	}
	if f.Flags&1 != 0 || p.meter.Admit(int64(f.UncompressedSize64), int64(f.CompressedSize64)) != nil {
		return nil, tooBig(bomb.Document.Part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	limit := int64(bomb.Document.Part)
	if isXMLName(name) {
		limit = maxXMLBytes
	}
	data, err := io.ReadAll(bomb.Reader(r, limit)) // it may be more than was declared
	if errors.Is(err, bomb.ErrTooBig) {
		return nil, tooBig(limit)
	}
	if err != nil {
		return nil, errors.Join(errBroken, err)
	}
	p.meter.Count(int64(len(data)))
	return data, nil
}

func isXMLName(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".xml" || ext == ".rels"
}

func (p *parts) put(name string, data []byte) error {
	method := zip.Deflate
	if name == "mimetype" {
		method = zip.Store
	}
	w, err := p.out.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// cleanWithin cleans a picture, sound or film that a document holds. One of a kind that can't be cleaned stays as it
// is, and is reported.
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
