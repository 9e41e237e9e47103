package judge_test

import (
	"archive/zip"
	"bytes"
	"testing"
)

func TestPicturesInAWordDocumentAreNotPassedOverInSilence(t *testing.T) {
	var doc bytes.Buffer
	z := zip.NewWriter(&doc)
	for name, text := range map[string]string{
		"[Content_Types].xml": "<Types/>",
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
			`<w:body><w:p><w:r><w:t>手稿如下</w:t></w:r></w:p></w:body></w:document>`,
		"word/media/image1.png": string(pictureOf(t, 9, 9)),
	} {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	b := shown(t, []entry{
		{"手稿", "征文", map[string][]byte{"甲某1的征文.docx": doc.Bytes()}}, {"别的", "征文", nil},
	}, "手稿")
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
