package prose_test

import (
	"bytes"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/media/prose"
)

const rels = `<Relationships><Relationship Id="r1" Target="media/a.png"/>` +
	`<Relationship Id="r2" Target="/word/media/b.jpg"/>` +
	`<Relationship Id="r3" TargetMode="External" Target="http://example.invalid/c.png"/>` +
	`<Relationship Id="r4" Target="media/missing.png"/></Relationships>`

const body = `<w:document><w:body><w:p><w:r><w:t>前</w:t></w:r></w:p>` +
	`<w:p><w:drawing><a:blip r:embed="r1"/></w:drawing></w:p><w:p><w:r><w:t>中</w:t></w:r></w:p>` +
	`<w:p><mc:AlternateContent><mc:Choice><a:blip r:embed="r2"/></mc:Choice><mc:Fallback><v:imagedata r:id="r1"/>` +
	`</mc:Fallback></mc:AlternateContent></w:p><w:p><v:imagedata o:relid="x" r:id="r1"/><a:blip r:embed="r3"/>` +
	`<a:blip r:embed="r4"/></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p></w:body></w:document>`

func docx(t testing.TB) []byte {
	return mediatest.MakeZip(t,
		mediatest.Item{Name: "word/document.xml", Body: body},
		mediatest.Item{Name: "word/_rels/document.xml.rels", Body: rels},
		mediatest.Item{Name: "word/media/a.png", Body: "A"}, mediatest.Item{Name: "word/media/b.jpg", Body: "B"})
}

func odt(t testing.TB) []byte {
	return mediatest.MakeZip(t,
		mediatest.Item{Name: "mimetype", Body: "application/vnd.oasis.opendocument.text"},
		mediatest.Item{Name: "content.xml", Body: `<office:document-content><office:body><office:text>` +
			`<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:h>前</text:h>` +
			`<text:p>中<text:s/>间<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p> ` +
			`<text:p>后<office:annotation><text:p>批</text:p></office:annotation></text:p>` +
			`</office:text></office:body></office:document-content>`},
		mediatest.Item{Name: "Pictures/a.png", Body: "A"})
}

// outline writes pieces in a line: pictures in brackets, ! for one that could not be taken out.
func outline(all []prose.Piece) string {
	var b strings.Builder
	for _, p := range all {
		switch {
		case p.Picture != nil:
			b.WriteString("[" + string(p.Picture) + "]")
		case p.Text == "":
			b.WriteString("!")
		}
		b.WriteString(strings.Join(strings.Fields(p.Text), " "))
	}
	return b.String()
}

func TestPicturesStandWhereTheDocumentHasThem(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"docx": {docx(t), "前[A]中[B][A]!!后"},
		"odt":  {odt(t), "前 中 间[A]后"},
		"txt":  {[]byte("一段\n二段"), "一段 二段"},
	} {
		got, err := prose.Pieces(c.data)
		mediatest.Must(t, err)
		if s := outline(got); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

func TestOpenDocumentIsRead(t *testing.T) {
	data := odt(t)
	got, err := prose.Read(bytes.NewReader(data), int64(len(data)))
	mediatest.Must(t, err)
	if want := "前\n中 间\n后\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	other := mediatest.MakeZip(t, mediatest.Item{Name: "content.xml", Body: "<a/>"})
	if _, err := prose.Pieces(other); judging.CodeOf(err) != judging.Invalid {
		t.Error(err)
	}
}

func TestTooManyPicturesAreCutOff(t *testing.T) {
	many := strings.Repeat(`<a:blip r:embed="r1"/>`, 1000)
	got, err := prose.Pieces(mediatest.MakeZip(t,
		mediatest.Item{Name: "word/document.xml", Body: "<w:p>" + many + "<w:t>后</w:t></w:p>"},
		mediatest.Item{Name: "word/_rels/document.xml.rels", Body: rels},
		mediatest.Item{Name: "word/media/a.png", Body: strings.Repeat("A", 1<<20)}))
	mediatest.Must(t, err)
	sum := 0
	for _, p := range got {
		sum += len(p.Picture)
	}
	if len(got) != 201 || sum > 96<<20 || got[200].Text == "" {
		t.Errorf("%d pieces with %d bytes", len(got), sum)
	}
}

func FuzzPieces(f *testing.F) {
	f.Add(docx(f))
	f.Add(odt(f))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = prose.Pieces(data) })
}
