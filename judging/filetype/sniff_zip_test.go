package filetype_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"fayi/judging/filetype"
	"fayi/judging/media/mediatest"
)

// streamed makes a zip whose headers tell no sizes: those come after each file.
func streamed(t *testing.T, method uint16, items ...mediatest.Item) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, it := range items {
		// the writer can't go back, so it streams
		w, err := z.CreateHeader(&zip.FileHeader{Name: it.Name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(it.Body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAStreamedArchiveOfDocumentsIsAnArchive(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		types := mediatest.Item{Name: "[Content_Types].xml", Body: "<Types wordprocessingml/>"}
		inner := streamed(t, method, types, mediatest.Item{Name: "word/document.xml", Body: "法治"})
		sent := streamed(t, zip.Store, mediatest.Item{Name: "来稿/征文一.docx", Body: inner}, mediatest.Item{Name: "来稿/征文二.docx", Body: inner})
		if kind := filetype.Of([]byte(sent), "来稿.zip").Kind; kind != filetype.Archive {
			t.Errorf("method %d: taken for %v", method, kind)
		}
		if kind := filetype.Of([]byte(inner), "征文一.docx").Kind; kind != filetype.Document {
			t.Errorf("method %d: a streamed document is taken for %v", method, kind)
		}
	}
	late := streamed(t, zip.Store, mediatest.Item{
		Name: "docProps/app.xml",
		Body: "<a/>",
	}, mediatest.Item{
		Name: "empty",
		Body: "",
	}, mediatest.Item{
		Name: "xl/workbook.xml",
		Body: "<b/>",
	})
	if kind := filetype.Of([]byte(late), "").Kind; kind != filetype.Workbook {
		t.Errorf("the third file is not found: %v", kind)
	}
}
