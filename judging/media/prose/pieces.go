package prose

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// Bounds of the pictures that are taken out of a document.
const (
	maxPictures     = 200
	maxPictureBytes = 32 << 20 // of one, unpacked
	maxPicturesSum  = 96 << 20
	maxRelations    = 4 << 20 // bytes of the part that names them
)

// Piece is what a document consists of, in order: words, or a picture. Of a picture that could not be taken out,
// being too large, broken or kept elsewhere, both are empty.
type Piece struct {
	Text    string
	Picture []byte // the file, as it lies in the document; its format may be any
}

// Pieces returns the words and pictures of a document in their order; of a text there is one piece. Errors: those of
// Read.
func Pieces(data []byte) ([]Piece, error) {
	r := bytes.NewReader(data)
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		text, err := Read(r, r.Size())
		return []Piece{{Text: text}}, err
	}
	d, err := openDocument(r, r.Size())
	if err != nil {
		return nil, err
	}
	s := &splitter{pictures: d.pictures(), left: maxPicturesSum}
	if err := d.walk(&s.words, s.picture); err != nil {
		return nil, err
	}
	s.flush()
	return s.out, nil
}

// splitter cuts a document at its pictures.
type splitter struct {
	words    strings.Builder
	cut      int // bytes of words that stand in out
	pictures func(ref string) *zip.File
	count    int
	left     int64
	out      []Piece
}

func (s *splitter) flush() {
	if text := strings.ToValidUTF8(s.words.String()[s.cut:], "\uFFFD"); text != "" {
		s.out = append(s.out, Piece{Text: text})
	}
	s.cut = s.words.Len()
}

// picture takes a picture out. One that stands twice is taken twice.
func (s *splitter) picture(ref string) {
	if s.count++; s.count > maxPictures {
		return
	}
	s.flush()
	p := Piece{}
	if f := s.pictures(ref); f != nil {
		if b := unpack(f, min(maxPictureBytes, s.left)); b != nil {
			p.Picture = b
			s.left -= int64(len(b))
		}
	}
	s.out = append(s.out, p)
}

// unpack reads a part of at most most bytes; nil for a larger or broken one.
func unpack(f *zip.File, most int64) []byte {
	if f.UncompressedSize64 > uint64(max(most, 0)) {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil || int64(len(b)) > most || len(b) == 0 {
		return nil
	}
	return b
}

// pictures finds the part that a reference in the body means, nil for none.
func (d document) pictures() func(ref string) *zip.File {
	parts := map[string]*zip.File{}
	for _, f := range d.zip.File {
		parts[f.Name] = f
	}
	if d.odt {
		return func(ref string) *zip.File { return parts[strings.TrimPrefix(ref, "./")] }
	}
	targets := map[string]string{}
	if f := parts["word/_rels/document.xml.rels"]; f != nil {
		targets = relations(unpack(f, maxRelations))
	}
	return func(ref string) *zip.File { return parts[targets[ref]] }
}

// relations reads which part each identity means. Those outside the document are left out.
func relations(data []byte) map[string]string {
	out := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.RawToken()
		if err != nil {
			return out
		}
		t, ok := token.(xml.StartElement)
		if !ok || t.Name.Local != "Relationship" || attr(t, "TargetMode") == "External" {
			continue
		}
		target := attr(t, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/word", target)
		}
		out[attr(t, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
	}
}
