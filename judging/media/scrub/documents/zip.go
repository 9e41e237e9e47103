package documents

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// typesPart lists the types of a document's parts.
const typesPart = "[Content_Types].xml"

// Zip writes a document of Word, Excel, PowerPoint, WPS (new formats) or OpenDocument again from the parts that
// its reader shows.
func Zip(j *trace.Job) error {
	z, err := zip.NewReader(j.Src, j.Size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return trace.ErrBroken
	}
	if bomb.Document.AdmitParts(len(z.File)) != nil || j.Depth > trace.MaxDeep {
		return trace.TooBig(bomb.Document.Total)
	}
	p := &parts{
		Job:   j,
		files: map[string]*zip.File{},
		out:   zip.NewWriter(j.Out),
		meter: bomb.Meter{Limits: bomb.Document},
	}
	p.out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.DefaultCompression)
	})
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if p.files[strings.ToLower(name)] != nil {
			return trace.ErrBroken // readers differ in which of two they take
		}
		p.files[strings.ToLower(name)] = f
	}
	if z.Comment != "" {
		j.Lost(trace.Comment)
	}
	switch {
	case p.has(typesPart):
		j.Format = "ooxml"
		err = p.office()
	case p.has("mimetype") && p.has("content.xml"):
		j.Format = "odf"
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
	*trace.Job
	files map[string]*zip.File // by name, in lower case: part names don't differ by case (ISO/IEC 29500-2)
	out   *zip.Writer
	meter bomb.Meter
}

func (p *parts) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// tree reads a part as a tree of XML.
func (p *parts) tree(name string) (*xmltree.Node, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	return xmltree.Read(data)
}

func (p *parts) read(name string) ([]byte, error) {
	if err := p.Ctx.Err(); err != nil {
		return nil, err
	}
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, trace.ErrBroken
	}
	if f.Flags&1 != 0 || p.meter.Admit(int64(f.UncompressedSize64), int64(f.CompressedSize64)) != nil {
		return nil, trace.TooBig(bomb.Document.Part)
	}
	limit := int64(bomb.Document.Part)
	if xmltree.IsPart(name) {
		limit = xmltree.MaxBytes
	}
	if f.UncompressedSize64 > uint64(limit) { // said before memory is taken for it
		return nil, trace.TooBig(limit)
	}
	r, err := f.Open()
	if err != nil {
		return nil, trace.ErrBroken
	}
	defer r.Close()
	data, err := io.ReadAll(bomb.Reader(r, limit)) // it may be more than was declared
	if errors.Is(err, bomb.ErrTooBig) {
		return nil, trace.TooBig(limit)
	}
	if err != nil {
		return nil, errors.Join(trace.ErrBroken, err)
	}
	p.meter.Count(int64(len(data)))
	return data, nil
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
	got, err := p.Within(p.Ctx, &out, bytes.NewReader(data), int64(len(data)), p.Depth+1)
	if code := judging.CodeOf(err); code == judging.Invalid {
		p.Left[trace.Attached] = true
		return data, nil
	}
	if err != nil {
		return nil, err
	}
	p.Lost(got.Removed...)
	for _, t := range got.Left {
		p.Left[t] = true
	}
	return out.Bytes(), nil
}
