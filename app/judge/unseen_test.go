package judge_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit/kittest"
)

func TestPicturesInAWordDocumentStandInTheText(t *testing.T) {
	b := shown(t, []entry{
		{"手稿", "征文", map[string][]byte{"甲某1的征文.docx": wordFile(t, pictureOf(t, 90, 60))}}, {"别的", "征文", nil},
	}, "手稿")
	b.shows("手稿如下", "手稿完")
	if kittest.Shows(b.root, "没有显示") {
		t.Error("a picture that is shown is said not to be")
	}
	var places []float32
	for _, img := range kittest.All[*canvas.Image](b.root) {
		if img.Image != nil && img.Image.Bounds().Dx() == 90 {
			places = append(places, img.Size().Width/img.Size().Height)
		}
	}
	if len(places) != 1 || places[0] < 1.2 {
		t.Errorf("pictures in the text: %v", places)
	}
	b.marks(b.duties().Rubrics["征文"])
	if len(b.Asked) > 0 {
		t.Errorf("asked %v", b.Asked)
	}
	b.shows("1/2")
}

func TestPicturesThatCannotBeShownAreNotPassedOverInSilence(t *testing.T) {
	book := officeOf(t, []entry{
		{"手稿", "征文", map[string][]byte{"甲某1的征文.docx": wordFile(t, pictureOf(t, 9, 9))}}, {"别的", "征文", nil},
	}).Scoring().Desk("j001")
	b := shownOn(t, &serving{book, wordFile(t, []byte("\x01\x00\x00\x00 EMF"))}, "手稿")
	b.shows("手稿如下", "文中有 1 张图片没有显示", "用系统程序打开")
	b.marks(b.duties().Rubrics["征文"])
	if n := len(b.Asked); n == 0 || b.Asked[n-1].Title != "有文件还没有看过" {
		t.Fatalf("asked %v", b.Asked)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.shows("1/2")
}

// wordFile is a document of one sentence and one picture, as Word packs it.
func wordFile(t *testing.T, picture []byte) []byte {
	t.Helper()
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const drawn = ` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	var doc bytes.Buffer
	z := zip.NewWriter(&doc)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + types +
			`officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w=` +
			`"http://schemas.openxmlformats.org/wordprocessingml/2006/main"` + drawn +
			`>` +
			`<w:body><w:p><w:r><w:t>手稿如下</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><a:graphic>` +
			`<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>` +
			`<a:blip r:embed="b"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>` +
			`</w:p>` +
			`<w:p><w:r><w:t>手稿完</w:t></w:r></w:p></w:body></w:document>`},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="b" Type="` + types +
			`image" Target="media/image1.png"/></Relationships>`},
		{"word/media/image1.png", string(picture)},
	} {
		f, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return doc.Bytes()
}
